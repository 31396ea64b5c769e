/* Where ticks stand: extended Wilkinson (Talbot, Lin, Hanrahan 2010, "An Extension of Wilkinson's Algorithm for
 * Positioning Tick Labels on Axes"). */
#ifndef JB_CHARTS_TICKS_H
#define JB_CHARTS_TICKS_H

typedef struct jb_ticks {
    double first, step;
    int count;
    int decimals; /* digits after the point that the labels need */
} jb_ticks;

/* Ticks over [low, high] of which about `wanted` are wished, at most one more; they enclose the data. Equal ends give one step around them. */
jb_ticks jb_ticks_choose(double low, double high, int wanted);

#endif
