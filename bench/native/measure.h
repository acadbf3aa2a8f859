/* How the loops in C are timed: as the ones in bench/measure.ts, by the median. */
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 25 };

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The median of ROUNDS rounds of `calls` calls, in ns a call, after a round that is not counted. */
static double median(void (*work)(int), int calls)
{
    double samples[ROUNDS];
    struct timespec start, end;
    for (int i = 0; i < calls; i++)
        work(i);
    for (int round = 0; round < ROUNDS; round++) {
        clock_gettime(CLOCK_MONOTONIC, &start);
        for (int i = 0; i < calls; i++)
            work(i);
        clock_gettime(CLOCK_MONOTONIC, &end);
        samples[round] = ((end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec)) / calls;
    }
    qsort(samples, ROUNDS, sizeof(*samples), ascending);
    return samples[ROUNDS / 2];
}
