/* User-mode-linux 6.1 keeps 2,696 bytes of a process's vector registers; where the processor has more (AMX: 11,008),
   the host refuses a part, and no process inside ever starts. Here what it gives is put over the whole. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

static char whole[1 << 16];

long ptrace(enum __ptrace_request request, ...) {
    static long (*real)(enum __ptrace_request, ...);
    va_list given;
    va_start(given, request);
    long pid = va_arg(given, long);
    void *address = va_arg(given, void *), *data = va_arg(given, void *);
    va_end(given);
    if (!real) real = dlsym(RTLD_NEXT, "ptrace");
    if ((request != PTRACE_GETREGSET && request != PTRACE_SETREGSET) || address != (void *)NT_X86_XSTATE)
        return real(request, pid, address, data);
    struct iovec *theirs = data, ours = {whole, sizeof whole};
    long failed = real(PTRACE_GETREGSET, pid, address, &ours);
    if (failed) return failed;
    size_t length = theirs->iov_len < ours.iov_len ? theirs->iov_len : ours.iov_len;
    if (request == PTRACE_SETREGSET) {
        memcpy(whole, theirs->iov_base, length);
        return real(request, pid, address, &ours);
    }
    memcpy(theirs->iov_base, whole, length);
    theirs->iov_len = length;
    return 0;
}
