/* The pairs of bench/buffers.bench.ts in C. Prints one line of JSON. Prototypes stand here so that no headers are needed. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "measure.h"

typedef struct AVBufferRef AVBufferRef;
typedef struct AVBufferPool AVBufferPool;
extern AVBufferRef *av_buffer_alloc(size_t size);
extern AVBufferRef *av_buffer_ref(const AVBufferRef *buffer);
extern void av_buffer_unref(AVBufferRef **buffer);
extern AVBufferPool *av_buffer_pool_init(size_t size, AVBufferRef *(*allocate)(size_t));
extern AVBufferRef *av_buffer_pool_get(AVBufferPool *pool);

enum { FRAME_BYTES = 3133568, BYTES = 4096 };

static AVBufferPool *pool;
static AVBufferRef *buffer;

static void pool_pair(int i)
{
    (void)i;
    AVBufferRef *ref = av_buffer_pool_get(pool);
    av_buffer_unref(&ref);
}

static void alloc_pair(int i)
{
    (void)i;
    AVBufferRef *ref = av_buffer_alloc(BYTES);
    av_buffer_unref(&ref);
}

static void ref_pair(int i)
{
    (void)i;
    AVBufferRef *ref = av_buffer_ref(buffer);
    av_buffer_unref(&ref);
}

int main(int argc, char **argv)
{
    int calls = argc > 1 && !strcmp(argv[1], "--quick") ? 1000 : 200000;
    pool = av_buffer_pool_init(FRAME_BYTES, NULL);
    buffer = av_buffer_alloc(BYTES);
    printf("{\"runtime\":\"c\",\"results\":["
           "{\"name\":\"pool get and release\",\"by\":\"C\",\"nanoseconds\":%.2f},",
           median(pool_pair, calls));
    printf("{\"name\":\"buffer alloc and unref\",\"by\":\"C\",\"nanoseconds\":%.2f},", median(alloc_pair, calls));
    printf("{\"name\":\"buffer ref and unref\",\"by\":\"C\",\"nanoseconds\":%.2f}],\"figures\":[]}\n", median(ref_pair, calls));
    return 0;
}
