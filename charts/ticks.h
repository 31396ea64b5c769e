/* Where ticks stand: extended Wilkinson (Talbot, Lin, Hanrahan 2010, "An Extension of Wilkinson's Algorithm for
 * Positioning Tick Labels on Axes"). */
#ifndef JB_CHARTS_TICKS_H
#define JB_CHARTS_TICKS_H

typedef struct jb_ticks {
    double first, step;
    int count;
    int decimals; /* digits after the point that the labels need */
    int power;    /* labels are in ten to this power of the unit: 4 for 万, 8, 12 */
} jb_ticks;

/* Ticks over [low, high] of which about `wanted` are wished, at most one more; they enclose the data. Equal ends give one step around them. */
jb_ticks jb_ticks_choose(double low, double high, int wanted);

/* ticks_pair.c: ticks of two axes that share one grid, as many of the one as of the other, from three on, at most two more than `wanted`;
 * where both domains have a zero the zeros are the same tick. */
void jb_ticks_choose_pair(const double low[2], const double high[2], int wanted, jb_ticks ticks[2]);

/* Digits after the point that a step, and a start that is a multiple of it, need. */
int jb_ticks_decimals(double step);
/* A domain whose ends a double can hardly tell, or that is none, is widened to one around its value. */
void jb_ticks_widen(double *low, double *high);

#endif
