/* The loops of bench/io.bench.ts in C. Prints one line of JSON. Prototypes stand here so that no headers are needed. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "measure.h"

typedef struct AVIOContext AVIOContext;
extern AVIOContext *avio_alloc_context(unsigned char *buffer, int size, int write, void *opaque,
                                       int (*read)(void *, uint8_t *, int), int (*put)(void *, uint8_t *, int),
                                       int64_t (*seek)(void *, int64_t, int));
extern int64_t avio_seek(AVIOContext *context, int64_t offset, int whence);
extern unsigned int avio_rb32(AVIOContext *context);
extern unsigned int avio_rl32(AVIOContext *context);
extern int avio_read(AVIOContext *context, unsigned char *into, int size);
extern void avio_w8(AVIOContext *context, int value);

enum { FILE_BYTES = 65536, BUFFER_BYTES = 32768, BLOCK = 4096, SIZE = 0x10000, END_OF_FILE = -541478725 };

static uint8_t file[FILE_BYTES], block[BLOCK];
static int at;
static AVIOContext *reader, *writer;
static volatile unsigned kept;

static int take(void *opaque, uint8_t *bytes, int size)
{
    int count = FILE_BYTES - at < size ? FILE_BYTES - at : size;
    (void)opaque;
    memcpy(bytes, file + at, count);
    at += count;
    return count ? count : END_OF_FILE;
}

static int put(void *opaque, uint8_t *bytes, int size)
{
    (void)opaque;
    (void)bytes;
    return size;
}

static int64_t seek(void *opaque, int64_t offset, int whence)
{
    (void)opaque;
    return whence == SIZE ? FILE_BYTES : (at = offset);
}

static void rb32(int i)
{
    unsigned sum = 0;
    (void)i;
    avio_seek(reader, 0, 0);
    for (int k = 0; k < FILE_BYTES; k += 4)
        sum ^= avio_rb32(reader);
    kept = sum;
}

static void rl32(int i)
{
    unsigned sum = 0;
    (void)i;
    avio_seek(reader, 0, 0);
    for (int k = 0; k < FILE_BYTES; k += 4)
        sum ^= avio_rl32(reader);
    kept = sum;
}

static void blocks(int i)
{
    (void)i;
    avio_seek(reader, 0, 0);
    for (int k = 0; k < FILE_BYTES; k += BLOCK)
        avio_read(reader, block, BLOCK);
}

static void bytes(int i)
{
    (void)i;
    for (int k = 0; k < FILE_BYTES; k++)
        avio_w8(writer, k & 255);
}

int main(int argc, char **argv)
{
    int calls = argc > 1 && !strcmp(argv[1], "--quick") ? 2 : 100;
    for (int i = 0; i < FILE_BYTES; i++)
        file[i] = i * 7;
    reader = avio_alloc_context(malloc(BUFFER_BYTES), BUFFER_BYTES, 0, NULL, take, NULL, seek);
    writer = avio_alloc_context(malloc(BUFFER_BYTES), BUFFER_BYTES, 1, NULL, NULL, put, NULL);
    printf("{\"runtime\":\"c\",\"results\":["
           "{\"name\":\"rb32, 64 KiB\",\"by\":\"C\",\"nanoseconds\":%.2f},", median(rb32, calls));
    printf("{\"name\":\"rl32, 64 KiB\",\"by\":\"C\",\"nanoseconds\":%.2f},", median(rl32, calls));
    printf("{\"name\":\"read 4 KiB blocks, 64 KiB\",\"by\":\"C\",\"nanoseconds\":%.2f},", median(blocks, calls));
    printf("{\"name\":\"w8, 64 KiB\",\"by\":\"C\",\"nanoseconds\":%.2f}],\"figures\":[]}\n", median(bytes, calls));
    return 0;
}
