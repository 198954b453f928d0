// SPDX-License-Identifier: Apache-2.0
#include "CCurl.h"

// The library is asked for its functions by name; checks of their arguments are macros of the same names.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define CURL_FUNCTIONS(X) \
    X(curl_global_init) X(curl_easy_init) X(curl_easy_setopt) X(curl_easy_perform) X(curl_easy_getinfo) \
    X(curl_easy_cleanup) X(curl_easy_strerror) X(curl_slist_append) X(curl_slist_free_all)

// libcurl brings thirty libraries along, which a program that fetches once an hour need not carry at all times.
static struct {
#define MEMBER(name) __typeof__(&name) name;
    CURL_FUNCTIONS(MEMBER)
#undef MEMBER
} call;
static int is_loaded;

struct sink {
    unsigned char *space;
    size_t space_count, count;
    int is_full;
    struct ccurl_transfer *transfer;
};

static pthread_once_t is_ready = PTHREAD_ONCE_INIT;

static void prepare(void) {
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"};
    void *handle = NULL;
    for (size_t i = 0; !handle && i < sizeof names / sizeof *names; i++) handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!handle) return;
#define LOOK_UP(name) \
    if (!(call.name = (__typeof__(&name))dlsym(handle, #name))) return;
    CURL_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    is_loaded = call.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static size_t take_body(char *bytes, size_t size, size_t number, void *context) {
    struct sink *sink = context;
    size_t count = size * number;
    if (count > sink->space_count - sink->count) {
        sink->is_full = 1;
        return 0;
    }
    memcpy(sink->space + sink->count, bytes, count);
    sink->count += count;
    return count;
}

// Copies the value of a header line, without blanks around it.
static void take_value(const char *line, size_t count, const char *name, char *value) {
    size_t length = strlen(name);
    if (count <= length || strncasecmp(line, name, length) != 0) return;
    line += length;
    count -= length;
    while (count > 0 && (*line == ' ' || *line == '\t')) line++, count--;
    while (count > 0 && (unsigned char)line[count - 1] <= ' ') count--;
    if (count >= CCURL_TEXT_SIZE) count = 0;
    memcpy(value, line, count);
    value[count] = 0;
}

static size_t take_header(char *line, size_t size, size_t number, void *context) {
    struct sink *sink = context;
    size_t count = size * number;
    // Each answer of a chain of redirections begins with a status line: the last one counts.
    if (count >= 5 && memcmp(line, "HTTP/", 5) == 0) sink->transfer->etag[0] = sink->transfer->modified[0] = 0;
    take_value(line, count, "etag:", sink->transfer->etag);
    take_value(line, count, "last-modified:", sink->transfer->modified);
    return count;
}

int ccurl_fetch(const char *address, struct ccurl_transfer *transfer, unsigned char *space, size_t space_count,
                size_t *count) {
    pthread_once(&is_ready, prepare);
    struct sink sink = {space, space_count, 0, 0, transfer};
    char etag[CCURL_TEXT_SIZE + 32] = "", modified[CCURL_TEXT_SIZE + 32] = "", reason[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers = NULL;
    *count = 0;
    transfer->http_status = 0;
    transfer->error[0] = 0;
    CURL *curl = is_loaded ? call.curl_easy_init() : NULL;
    if (curl == NULL) {
        snprintf(transfer->error, sizeof transfer->error, "libcurl is not installed, or cannot be used");
        return CCURL_FAILED;
    }
    if (transfer->etag[0] != 0) {
        snprintf(etag, sizeof etag, "If-None-Match: %s", transfer->etag);
        headers = call.curl_slist_append(headers, etag);
    }
    if (transfer->modified[0] != 0) {
        snprintf(modified, sizeof modified, "If-Modified-Since: %s", transfer->modified);
        headers = call.curl_slist_append(headers, modified);
    }
    call.curl_easy_setopt(curl, CURLOPT_URL, address);
    call.curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    call.curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http,file");
    call.curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https,http");
    call.curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    call.curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    call.curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, transfer->connect_seconds);
    call.curl_easy_setopt(curl, CURLOPT_TIMEOUT, transfer->total_seconds);
    call.curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 16L);
    call.curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, transfer->connect_seconds);
    call.curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    call.curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    call.curl_easy_setopt(curl, CURLOPT_USERAGENT, "psws");
    call.curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    call.curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
    call.curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    call.curl_easy_setopt(curl, CURLOPT_HEADERDATA, &sink);
    call.curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    call.curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    CURLcode result = call.curl_easy_perform(curl);
    call.curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &transfer->http_status);
    call.curl_slist_free_all(headers);
    call.curl_easy_cleanup(curl);
    *count = sink.count;
    if (sink.is_full) return CCURL_TOO_LARGE;
    if (result != CURLE_OK) {
        snprintf(transfer->error, sizeof transfer->error, "%s", reason[0] != 0 ? reason : call.curl_easy_strerror(result));
        return CCURL_FAILED;
    }
    return transfer->http_status == 304 ? CCURL_UNCHANGED : CCURL_DONE;
}
