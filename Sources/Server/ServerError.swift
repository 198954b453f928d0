// SPDX-License-Identifier: Apache-2.0

/// What went wrong in the centre: where, what, and what to do.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The data directory cannot be made or used.
        public static let dataDirectory = Code(rawValue: "data-directory")
        /// Another server uses the data directory.
        public static let alreadyInUse = Code(rawValue: "already-in-use")
        /// The archive cannot be opened.
        public static let cannotOpenArchive = Code(rawValue: "cannot-open-archive")
        /// The archive cannot promise what it must.
        public static let notDurable = Code(rawValue: "not-durable")
        /// The archive could not be read.
        public static let cannotRead = Code(rawValue: "cannot-read")
        /// A file could not be written.
        public static let cannotWrite = Code(rawValue: "cannot-write")
        /// A file is not what `archive export` writes.
        public static let notAnExport = Code(rawValue: "not-an-export")
        /// A port cannot be opened.
        public static let cannotListen = Code(rawValue: "cannot-listen")
        /// An event could not be made durable.
        public static let cannotStore = Code(rawValue: "cannot-store")
    }

    /// Kind of failure.
    public let code: Code
    /// The file or directory.
    public let place: String
    /// What happened, in one sentence without a full stop.
    public let message: String
    /// What the operator can do; nil where nothing helps.
    public let remedy: String?

    /// An error from its parts.
    public init(_ code: Code, place: String, message: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// `place: message (remedy)`, as a command prints it.
    public var description: String { "\(place): \(message)" + (remedy.map { " (\($0))" } ?? "") }
}
