/* The loops of bench/image.bench.ts in C. Prints one line of JSON. Prototypes stand here so that no headers are needed. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "measure.h"

extern int av_get_pix_fmt(const char *name);
extern int av_image_get_buffer_size(int format, int width, int height, int align);
extern int av_image_fill_linesizes(int linesizes[4], int format, int width);
extern int av_image_fill_arrays(uint8_t *data[4], int linesizes[4], const uint8_t *source, int format, int width, int height, int align);
extern void av_image_copy(uint8_t *dst[4], int dst_linesizes[4], const uint8_t *src[4], const int src_linesizes[4], int format, int width,
                          int height);

enum { WIDTH = 1920, HEIGHT = 1080 };

static volatile int64_t sink;
static int format, linesizes[4], packed_linesizes[4];
static uint8_t *data[4], *packed[4];

static void buffer_size(int i) { sink += av_image_get_buffer_size(format, WIDTH, HEIGHT + (i & 7), 32); }

static void fill_linesizes(int i)
{
    int out[4];
    av_image_fill_linesizes(out, format, WIDTH + (i & 7));
    sink += out[1];
}

static void fill_arrays(int i)
{
    uint8_t *pointers[4];
    int out[4];
    sink += av_image_fill_arrays(pointers, out, (const uint8_t *)4096, format, WIDTH, HEIGHT + (i & 7), 32);
}

static void copy_image(int i)
{
    (void)i;
    av_image_copy(packed, packed_linesizes, (const uint8_t **)data, linesizes, format, WIDTH, HEIGHT);
}

int main(int argc, char **argv)
{
    int scale = argc > 1 && !strcmp(argv[1], "--quick") ? 100 : 1;
    format = av_get_pix_fmt("yuv420p");
    int size = av_image_get_buffer_size(format, WIDTH, HEIGHT, 1);
    av_image_fill_arrays(packed, packed_linesizes, memset(malloc(size), 0, size), format, WIDTH, HEIGHT, 1);
    for (int i = 0; i < 3; i++) {
        linesizes[i] = i ? 1024 : 2048;
        data[i] = malloc(linesizes[i] * (i ? HEIGHT / 2 : HEIGHT));
        memset(data[i], 16 + i, linesizes[i] * (i ? HEIGHT / 2 : HEIGHT));
    }
    printf("{\"runtime\":\"c\",\"results\":["
           "{\"name\":\"bufferSize\",\"by\":\"C\",\"nanoseconds\":%.2f},"
           "{\"name\":\"linesizes\",\"by\":\"C\",\"nanoseconds\":%.2f},"
           "{\"name\":\"fillArrays\",\"by\":\"C\",\"nanoseconds\":%.2f},"
           "{\"name\":\"copyImage 1080p\",\"by\":\"C\",\"nanoseconds\":%.2f}],\"figures\":[]}\n",
           median(buffer_size, 2000000 / scale), median(fill_linesizes, 2000000 / scale), median(fill_arrays, 2000000 / scale),
           median(copy_image, scale == 1 ? 50 : 2));
    return 0;
}
