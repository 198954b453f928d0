// SPDX-License-Identifier: Apache-2.0
#include "CCurl.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct sink {
    unsigned char *space;
    size_t space_count, count;
    int is_full;
    struct ccurl_transfer *transfer;
};

static pthread_once_t is_ready = PTHREAD_ONCE_INIT;

static void prepare(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

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
    CURL *curl = curl_easy_init();
    if (curl == NULL) {
        snprintf(transfer->error, sizeof transfer->error, "libcurl cannot be used");
        return CCURL_FAILED;
    }
    if (transfer->etag[0] != 0) {
        snprintf(etag, sizeof etag, "If-None-Match: %s", transfer->etag);
        headers = curl_slist_append(headers, etag);
    }
    if (transfer->modified[0] != 0) {
        snprintf(modified, sizeof modified, "If-Modified-Since: %s", transfer->modified);
        headers = curl_slist_append(headers, modified);
    }
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http,file");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, transfer->connect_seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, transfer->total_seconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 16L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, transfer->connect_seconds);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "psws-server");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &sink);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    CURLcode result = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &transfer->http_status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    *count = sink.count;
    if (sink.is_full) return CCURL_TOO_LARGE;
    if (result != CURLE_OK) {
        snprintf(transfer->error, sizeof transfer->error, "%s", reason[0] != 0 ? reason : curl_easy_strerror(result));
        return CCURL_FAILED;
    }
    return transfer->http_status == 304 ? CCURL_UNCHANGED : CCURL_DONE;
}
