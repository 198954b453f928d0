// SPDX-License-Identifier: Apache-2.0

import Glibc

@testable import Agent

/// A directory of one test, which goes with it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/psws-agent-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FileError(reason: .other("mkdtemp"), path: "/tmp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        do { try DurableFiles().removeTree(path) } catch { print("left behind: \(path), \(error)") }
    }

    /// The path of a file in the directory.
    func file(_ name: String) -> String { path + "/" + name }

    /// Makes a file with this content and gives its path.
    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        try DurableFiles().createFile(file(name), bytes)
        return file(name)
    }

    /// Names in the directory or in one of those in it, sorted.
    func names(in name: String = ".") throws -> [String] {
        try DurableFiles().items(in: file(name)).map(\.name).sorted()
    }

    /// The bytes of a file.
    func read(_ name: String) throws -> [UInt8] { try bytes(ofFile: file(name)) }
}

/// The bytes of a file, wherever it is.
func bytes(ofFile path: String) throws -> [UInt8] { try DurableFiles().read(path, maximumBytes: 256 << 20) }
