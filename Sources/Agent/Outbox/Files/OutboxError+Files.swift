// SPDX-License-Identifier: Apache-2.0

extension OutboxError {
    /// The outbox error of a failed file operation.
    init(_ error: FileError) {
        switch error.reason {
        case .diskFull:
            self.init(
                .diskFull, place: error.path, message: "the disk is full",
                remedy: "make room; the agent tries again with the next event")
        case .notFound: self.init(.inputOutput, place: error.path, message: "is not there")
        case .exists: self.init(.inputOutput, place: error.path, message: "is there already")
        case .other(let message): self.init(.inputOutput, place: error.path, message: message)
        }
    }
}

/// Runs file operations, and gives their errors as the outbox's.
func outboxErrors<Value>(_ body: () throws(FileError) -> Value) throws(OutboxError) -> Value {
    do {
        return try body()
    } catch {
        throw OutboxError(error)
    }
}
