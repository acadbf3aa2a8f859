/* What it costs native routines that a buffer is off a 64-byte boundary: copies, a conversion that the compiler vectorises, and two
 * routines of libavutil that exist for aligned and for any memory, written with vector instructions. Prints one line of JSON. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "measure.h"

extern unsigned avutil_version(void);
extern void av_image_copy_plane(uint8_t *dst, int dst_linesize, const uint8_t *src, int src_linesize, int bytewidth, int height);
typedef int (*sad_fn)(const uint8_t *a, ptrdiff_t a_stride, const uint8_t *b, ptrdiff_t b_stride);
extern sad_fn av_pixelutils_get_sad_fn(int w_bits, int h_bits, int aligned, void *log);
typedef struct AVTXContext AVTXContext;
typedef void (*tx_fn)(AVTXContext *context, void *out, void *in, ptrdiff_t stride);
extern int av_tx_init(AVTXContext **context, tx_fn *tx, int type, int inverse, int length, const void *scale, uint64_t flags);

enum { WIDTH = 1920, HEIGHT = 1080, ROW = 4096, PAGE = 4096, FFT = 1024, FFT_FLOAT = 0, TX_UNALIGNED = 2, PAGES = 8 };

static uint8_t *source, *target;
static volatile int sink;
static sad_fn sad;
static AVTXContext *context;
static tx_fn transform;

static void copy(int i)
{
    (void)i;
    memcpy(target, source, ROW);
    __asm__ volatile("" ::: "memory");
}

static void copy_plane(int i)
{
    (void)i;
    av_image_copy_plane(target, WIDTH, source, WIDTH, WIDTH, HEIGHT);
}

#if defined(__x86_64__)
#define VECTORISED __attribute__((target("avx2"), optimize("O3")))
#else
#define VECTORISED __attribute__((optimize("O3")))
#endif

/* 8 bits to 10, as from yuv420p to yuv420p10. */
VECTORISED static void widen(uint16_t *restrict to, const uint8_t *restrict from, int count)
{
    for (int i = 0; i < count; i++)
        to[i] = from[i] << 2;
}

static void convert(int i)
{
    (void)i;
    widen((uint16_t *)(void *)target, source, ROW);
    __asm__ volatile("" ::: "memory");
}

static void sad_32x32(int i)
{
    sink += sad(source + (i & 15) * PAGE, 32, target, 32);
}

static void fft(int i)
{
    (void)i;
    transform(context, target, source, 2 * sizeof(float));
}

#if defined(__x86_64__)
static int place;

/* Loads or stores of 32 bytes, each in another page, at the same place in it. */
#define TOUCH(name, instruction)                                                                   \
    static void name(int i)                                                                        \
    {                                                                                              \
        (void)i;                                                                                   \
        for (int page = 0; page < PAGES; page++)                                                   \
            __asm__ volatile(instruction ::"r"(source + page * PAGE + place) : "memory", "xmm0");  \
    }
TOUCH(load, "vmovdqu (%0), %%ymm0")
TOUCH(store, "vmovdqu %%ymm0, (%0)")
TOUCH(aligned_load, "vmovdqa (%0), %%ymm0")

/* Whether a process lives after an aligned load off its boundary. */
static int survives(void)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        aligned_load(0);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status);
}
#endif

static int printed;

static void print(const char *name, double nanoseconds)
{
    printf("%s{\"name\":\"%s\",\"by\":\"C\",\"nanoseconds\":%.3f}", printed++ ? "," : "", name, nanoseconds);
}

static void print_at(const char *what, int offset, double nanoseconds)
{
    char name[100];
    snprintf(name, sizeof(name), "%s, boundary + %d", what, offset);
    print(name, nanoseconds);
}

int main(int argc, char **argv)
{
    static const int offsets[] = { 0, 1, 16, 32 };
    int scale = argc > 1 && !strcmp(argv[1], "--quick") ? 100 : 1;
    size_t size = WIDTH * HEIGHT + 65536;
    void *from, *to;
    if (posix_memalign(&from, PAGE, size) || posix_memalign(&to, PAGE, size))
        abort();
    memset(from, 1, size);
    memset(to, 2, size);
    printf("{\"runtime\":\"c\",\"results\":[");
    for (int k = 0; k < 4; k++) {
        int offset = offsets[k];
        source = (uint8_t *)from + offset;
        /* Half a page apart: else a load waits for stores whose addresses end in the same 12 bits. */
        target = (uint8_t *)to + PAGE / 2 + offset;
        print_at("copy 4 KiB", offset, median(copy, 50000 / scale));
        print_at("copy plane 1080p", offset, median(copy_plane, 100 / scale));
        print_at("convert 4 KiB", offset, median(convert, 50000 / scale));
        for (int aligned = 0; aligned <= 2; aligned += 2)
            if ((sad = av_pixelutils_get_sad_fn(5, 5, aligned, NULL)) && (!aligned || offset % 32 == 0))
                print_at(aligned ? "SAD 32x32, aligned routine" : "SAD 32x32", offset, median(sad_32x32, 200000 / scale));
        for (int aligned = 0; aligned <= 1; aligned++) {
            float unit = 1;
            if (avutil_version() >> 16 < 57 || (aligned && offset % 32 != 0))
                continue;
            if (av_tx_init(&context, &transform, FFT_FLOAT, 0, FFT, &unit, aligned ? 0 : TX_UNALIGNED) == 0)
                print_at(aligned ? "FFT 1024, aligned routine" : "FFT 1024", offset, median(fft, 5000 / scale));
        }
    }
    source = from;
    target = (uint8_t *)to + 64;
    print("convert 4 KiB, target 64 bytes after source modulo 4096", median(convert, 50000 / scale));
#if defined(__x86_64__)
    place = PAGE - 64;
    print("8 loads of 32 bytes, in a line", median(load, 1000000 / scale));
    print("8 stores of 32 bytes, in a line", median(store, 1000000 / scale));
    place = PAGE - 64 - 16;
    print("8 loads of 32 bytes, across lines", median(load, 1000000 / scale));
    print("8 stores of 32 bytes, across lines", median(store, 1000000 / scale));
    place = PAGE - 16;
    print("8 loads of 32 bytes, across pages", median(load, 1000000 / scale));
    print("8 stores of 32 bytes, across pages", median(store, 1000000 / scale));
    place = 1;
    printf("],\"figures\":[{\"name\":\"processes that an aligned load at boundary + 1 kills\",\"by\":\"C\",\"value\":%d,\"unit\":\"%%\"}]}\n",
           survives() ? 0 : 100);
#else
    printf("],\"figures\":[]}\n");
#endif
    return 0;
}
