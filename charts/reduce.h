/* Lines of more points than can be seen, reduced to those that can. */
#ifndef JB_CHARTS_REDUCE_H
#define JB_CHARTS_REDUCE_H

/* Keeps of each column of the picture the first, the lowest, the highest and the last point, in their order: the line
 * drawn through them covers the same pixels where a pixel is a column wide (M4: Jugel, Jerzak, Hackenbroich, Markl,
 * VLDB 2014). `xy` are pairs with x that do not fall; `column` is a column's width in the same unit. Works in
 * place, returns how many points are left. */
unsigned jb_line_reduce(double *xy, unsigned count, double column);

#endif
