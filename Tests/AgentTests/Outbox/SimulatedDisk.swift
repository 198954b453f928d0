// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import Agent

/// A disk in memory that knows what is durable and what is not, can be full, and dies at any operation.
///
/// A file's content is durable once the file was synchronized, a name once its directory was. `powerCut` forgets
/// everything else, as the worst file system may; `processDeath` forgets nothing, as `kill -9` does.
final class SimulatedDisk: FileOperations {
    fileprivate enum Node {
        case file([UInt8])
        case directory([String: Int])
        case link
    }

    fileprivate struct State {
        var nodes: [Int: Node] = [0: .directory([:])]
        var durable: [Int: Node] = [0: .directory([:])]
        var nextNumber = 1
        var operationsLeft = Int.max
        var operationCount = 0
        var capacity = Int.max / 4
    }

    private let state = Mutex(State())

    /// Operations that changed something, since the disk was made.
    var operationCount: Int { state.withLock { $0.operationCount } }

    /// Lets the disk do this many more changes; the next one and everything after it fails.
    func die(after operations: Int) { state.withLock { $0.operationsLeft = operations } }

    /// Sets how many bytes all files together may have.
    func setCapacity(_ bytes: Int) { state.withLock { $0.capacity = bytes } }

    /// Comes back after a power cut: only what is durable is left, and of other files the first half.
    func powerCut() {
        state.withLock { state in
            for (number, node) in state.nodes {
                switch (node, state.durable[number]) {
                case (_, let durable?): state.nodes[number] = durable
                case (.file(let content), nil): state.nodes[number] = .file(Array(content.prefix(content.count / 2)))
                case (.directory, nil): state.nodes[number] = .directory([:])
                case (.link, nil): break
                }
            }
            // A directory that was renamed may be found under both names; from now on these are two.
            state.unshareDirectories()
            state.durable = state.nodes
            state.operationsLeft = .max
        }
    }

    /// Comes back after the process died: everything is as it was.
    func processDeath() { state.withLock { $0.operationsLeft = .max } }

    /// Puts something on the disk behind the outbox's back.
    func place(_ path: String, _ content: [UInt8]?) {
        state.withLock { state in
            let (directory, name) = SimulatedDisk.split(path)
            guard let parent = state.find(directory) else { return }
            state.link(content.map { .file($0) } ?? .link, name, in: parent)
            state.durable = state.nodes
        }
    }

    // MARK: - FileOperations

    func makeDirectory(_ path: String) throws(FileError) {
        try change(path) { state, parent, name throws(FileError) in
            guard state.child(parent, name) == nil else { throw FileError(reason: .exists, path: path) }
            state.link(.directory([:]), name, in: parent)
        }
    }

    func createFile(_ path: String, _ content: [UInt8]) throws(FileError) {
        try change(path) { state, parent, name throws(FileError) in
            guard state.child(parent, name) == nil else { throw FileError(reason: .exists, path: path) }
            let room = state.capacity - state.usedBytes
            // As a real disk does, it takes what fits.
            state.link(.file(Array(content.prefix(max(room, 0)))), name, in: parent)
            guard content.count <= room else { throw FileError(reason: .diskFull, path: path) }
        }
    }

    func synchronize(_ path: String) throws(FileError) {
        try change(path + "/.") { state, number, _ throws(FileError) in
            state.durable[number] = state.nodes[number]
        }
    }

    func rename(_ path: String, to newPath: String) throws(FileError) {
        let (newDirectory, newName) = Self.split(newPath)
        try change(path) { state, parent, name throws(FileError) in
            guard let number = state.child(parent, name), let newParent = state.find(newDirectory) else {
                throw FileError(reason: .notFound, path: path)
            }
            if let old = state.child(newParent, newName), case .directory(let entries)? = state.nodes[old],
                !entries.isEmpty
            {
                throw FileError(reason: .exists, path: newPath)
            }
            state.setChild(parent, name, nil)
            state.setChild(newParent, newName, number)
        }
    }

    func openToAllReaders(_ path: String) throws(FileError) {}

    func removeFile(_ path: String) throws(FileError) { try remove(path) }

    func removeDirectory(_ path: String) throws(FileError) { try remove(path) }

    private func remove(_ path: String) throws(FileError) {
        try change(path) { state, parent, name throws(FileError) in
            guard let number = state.child(parent, name) else { throw FileError(reason: .notFound, path: path) }
            if case .directory(let entries)? = state.nodes[number], !entries.isEmpty {
                throw FileError(reason: .exists, path: path)
            }
            state.setChild(parent, name, nil)
        }
    }

    func item(_ path: String) throws(FileError) -> FileItem? {
        try look(path) { state in
            let name = SimulatedDisk.split(path).name
            return switch state.find(path).flatMap({ state.nodes[$0] }) {
            case .file(let content): FileItem(name: name, kind: .file, bytes: content.count)
            case .directory: FileItem(name: name, kind: .directory, bytes: 0)
            case .link: FileItem(name: name, kind: .other, bytes: 0)
            case nil: nil
            }
        }
    }

    func items(in directory: String) throws(FileError) -> [FileItem] {
        let names: [String]? = try look(directory) { state in
            guard let number = state.find(directory), case .directory(let entries)? = state.nodes[number] else {
                return nil
            }
            return entries.keys.sorted()
        }
        guard let names else { throw FileError(reason: .notFound, path: directory) }
        var items: [FileItem] = []
        for name in names { if let item = try item(directory + "/" + name) { items.append(item) } }
        return items
    }

    func read(_ path: String, maximumBytes: Int) throws(FileError) -> [UInt8] {
        let content: [UInt8]? = try look(path) { state in
            guard let number = state.find(path), case .file(let content)? = state.nodes[number] else { return nil }
            return content
        }
        guard let content else { throw FileError(reason: .notFound, path: path) }
        return content
    }

    func freeBytes(_ path: String) throws(FileError) -> Int {
        try look(path) { $0.capacity - $0.usedBytes }
    }

    // MARK: - Inside

    private func change(
        _ path: String, _ body: (inout State, _ parent: Int, _ name: String) throws(FileError) -> Void
    ) throws(FileError) {
        let (directory, name) = Self.split(path)
        let result = state.withLock { state -> Result<Void, FileError> in
            guard state.operationsLeft > 0 else { return .failure(FileError(reason: .other("is dead"), path: path)) }
            state.operationsLeft -= 1
            state.operationCount += 1
            guard let parent = state.find(directory) else {
                return .failure(FileError(reason: .notFound, path: directory))
            }
            do throws(FileError) {
                return .success(try body(&state, parent, name))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private func look<Value: Sendable>(_ path: String, _ body: (State) -> Value) throws(FileError) -> Value {
        let value: Value? = state.withLock { $0.operationsLeft > 0 ? body($0) : nil }
        guard let value else { throw FileError(reason: .other("is dead"), path: path) }
        return value
    }

    private static func split(_ path: String) -> (directory: String, name: String) {
        let parts = path.split(separator: "/")
        return (parts.dropLast().joined(separator: "/"), parts.last.map(String.init) ?? "")
    }
}

extension SimulatedDisk.State {
    var usedBytes: Int {
        reachable(from: 0).reduce(0) { sum, number in
            if case .file(let content)? = nodes[number] { sum + content.count } else { sum }
        }
    }

    private func reachable(from number: Int) -> [Int] {
        guard case .directory(let entries)? = nodes[number] else { return [number] }
        return [number] + entries.values.flatMap { reachable(from: $0) }
    }

    func find(_ path: String) -> Int? {
        path.split(separator: "/").filter { $0 != "." }.reduce(0 as Int?) { parent, name in
            parent.flatMap { child($0, String(name)) }
        }
    }

    func child(_ parent: Int, _ name: String) -> Int? {
        guard case .directory(let entries)? = nodes[parent] else { return nil }
        return entries[name]
    }

    mutating func setChild(_ parent: Int, _ name: String, _ number: Int?) {
        guard case .directory(var entries)? = nodes[parent] else { return }
        entries[name] = number
        nodes[parent] = .directory(entries)
    }

    mutating func link(_ node: SimulatedDisk.Node, _ name: String, in parent: Int) {
        nodes[nextNumber] = node
        setChild(parent, name, nextNumber)
        nextNumber += 1
    }

    mutating func unshareDirectories() {
        var seen: Set<Int> = []
        unshare(0, &seen)
    }

    private mutating func unshare(_ number: Int, _ seen: inout Set<Int>) {
        guard case .directory(let entries)? = nodes[number] else { return }
        for (name, child) in entries.sorted(by: { $0.key < $1.key }) {
            var child = child
            if !seen.insert(child).inserted {
                nodes[nextNumber] = nodes[child]
                child = nextNumber
                nextNumber += 1
                setChild(number, name, child)
            }
            unshare(child, &seen)
        }
    }
}
