// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE

#include "CPages.h"

#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

static int release(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    size_t *released = context;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        // What is writable, or was while the program was linked together, has content that no file has.
        if (part->p_type != PT_LOAD || part->p_flags & PF_W) continue;
        const uintptr_t first = (object->dlpi_addr + part->p_vaddr + page - 1) & ~(page - 1);
        const uintptr_t end = (object->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(page - 1);
        if (end > first && madvise((void *)first, end - first, MADV_DONTNEED) == 0) *released += end - first;
    }
    return 0;
}

size_t cpages_release_read_only(void) {
    size_t released = 0;
    dl_iterate_phdr(release, &released);
    return released;
}
