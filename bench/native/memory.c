/* The trace of bench/memory.bench.ts in C, on posix_memalign and free, which av_malloc and av_free call. Prints one line of JSON. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "measure.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { STEPS = 1 << 20, ALIGN = 64 };

static uint32_t seed;
static uint32_t victims[STEPS];
static uint16_t sizes[STEPS];
static void **blocks;
static size_t *block_sizes;
static int at;

static uint32_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static int random_size(void) { return 1 + (next_random() & 4095); }

static void *take(int size)
{
    void *block;
    if (posix_memalign(&block, ALIGN, size))
        abort();
    return block;
}

static void step(int i)
{
    (void)i;
    uint32_t victim = victims[at];
    free(blocks[victim]);
    blocks[victim] = take(sizes[at]);
    at = (at + 1) & (STEPS - 1);
}

static void start_trace(int live)
{
    seed = 1;
    at = 0;
    blocks = malloc(live * sizeof(*blocks));
    block_sizes = malloc(live * sizeof(*block_sizes));
    for (int i = 0; i < live; i++)
        blocks[i] = take((int)(block_sizes[i] = random_size()));
    for (int i = 0; i < STEPS; i++) {
        victims[i] = (uint64_t)next_random() * live >> 32;
        sizes[i] = random_size();
    }
}

static void end_trace(int live)
{
    for (int i = 0; i < live; i++)
        free(blocks[i]);
    free(blocks);
    free(block_sizes);
}

#ifdef __GLIBC__
/* The share of the memory up to the last block in use that nobody asked for, in percent. */
static double not_asked_for(int live, int operations)
{
    size_t bytes = 0;
    for (int i = 0; i < operations / 2; i++) {
        block_sizes[victims[at]] = sizes[at];
        step(i);
    }
    for (int i = 0; i < live; i++)
        bytes += block_sizes[i];
    struct mallinfo2 info = mallinfo2();
    return 100 * (1 - (double)bytes / (info.arena + info.hblkhd - info.keepcost));
}
#endif

int main(int argc, char **argv)
{
    int quick = argc > 1 && !strcmp(argv[1], "--quick");
    int most = quick ? 1000 : 1000000;
    printf("{\"runtime\":\"c\",\"results\":[");
    for (int live = 1000; live <= most; live *= 10) {
        start_trace(live);
        printf("%s{\"name\":\"free and malloc, %d live\",\"by\":\"C\",\"nanoseconds\":%.2f}", live > 1000 ? "," : "", live,
               median(step, quick ? 1000 : 200000));
        end_trace(live);
    }
    printf("],\"figures\":[");
#ifdef __GLIBC__
    for (int live = 1000; live <= most; live *= 10) {
        start_trace(live);
        printf("%s{\"name\":\"memory not asked for, %d live\",\"by\":\"C\",\"value\":%.2f,\"unit\":\"%%\"}", live > 1000 ? "," : "", live,
               not_asked_for(live, quick ? 100000 : 10000000));
        end_trace(live);
    }
#endif
    printf("]}\n");
    return 0;
}
