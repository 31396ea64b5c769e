/* Ranks of headings by their numbering as written: 一、 （一） 1. （1） (GB/T 9704-2012 7.3.3). */
#ifndef JB_RENDER_HEADING_H
#define JB_RENDER_HEADING_H

/* 1 for 一、, 2 for （一）, 3 for 1. or 1、, 4 for （1）; 0 when the text has no such number. */
int jb_heading_rank(const char *text);

#endif
