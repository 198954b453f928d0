// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why a file could not be read.
enum RegularFileError: Error {
    case tooLarge
    case failed(String, remedy: String?)
}

/// The bytes of a regular file of at most `maximumBytes`. A pipe or device would wait for ever and is refused.
func readRegularFile(_ path: String, maximumBytes: Int) throws(RegularFileError) -> [UInt8] {
    // A pipe must not block the opening; regular files do not mind the flag.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw openingFailed(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .failed("cannot be read: \(systemMessage(errno))", remedy: nil) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        let kind = status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "a device or pipe"
        throw .failed("is \(kind)", remedy: "name a file")
    }
    guard status.st_size <= maximumBytes else { throw .tooLarge }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 {
            if errno == EINTR { continue }
            throw .failed("cannot be read: \(systemMessage(errno))", remedy: nil)
        }
        if count == 0 { return bytes }
        bytes.append(contentsOf: chunk[..<count])
        guard bytes.count <= maximumBytes else { throw .tooLarge }
    }
}

private func openingFailed(_ code: Int32) -> RegularFileError {
    switch code {
    case ENOENT: .failed("does not exist", remedy: "check the path; examples are in firmware-config")
    case EACCES: .failed("may not be read", remedy: "give this user read permission on the file and its directories")
    default: .failed("cannot be opened: \(systemMessage(code))", remedy: nil)
    }
}

private func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
