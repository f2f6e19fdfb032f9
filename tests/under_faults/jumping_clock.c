/* A wall clock that jumps: loaded before all other libraries, it adds to CLOCK_REALTIME what a table says, in seconds.
   The file CLOCK_TABLE holds one number for everybody and one for each process, which its children share. The
   monotonic clock, by which everything waits, goes on as it does when a machine's date is set. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SLOTS 65536

static volatile int64_t nothing[SLOTS], *table;

static int64_t ahead(void) {
    if (!table) {
        const char *name = getenv("CLOCK_TABLE");
        int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
        void *found = file < 0 ? MAP_FAILED : mmap(0, sizeof nothing, PROT_READ, MAP_SHARED, file, 0);
        if (file >= 0) close(file);
        table = found == MAP_FAILED ? nothing : found;
    }
    return table[0] + table[getpid() % SLOTS] + table[getppid() % SLOTS];
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += ahead();
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now) *now = exact.tv_sec;
    return exact.tv_sec;
}
