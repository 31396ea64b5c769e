/* Chance that is the same for the same seed (splitmix64). */
#ifndef JB_TESTS_DICE_H
#define JB_TESTS_DICE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state;
} dice;

static inline uint64_t next_random(dice *d) {
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}
static inline unsigned roll(dice *d, unsigned count) { return (unsigned)(next_random(d) % count); }
static inline bool chance(dice *d, unsigned percent) { return roll(d, 100) < percent; }

#endif
