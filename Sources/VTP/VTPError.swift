// SPDX-License-Identifier: Apache-2.0

/// What went wrong on the wire: with whom, what, and what to do.
///
/// Every error of a submission is temporary in VTP's sense (VTP 2.0 §7.1): the event was not acknowledged, so the
/// author keeps it and sends it again. A permanent refusal is not an error but `SubmissionAnswer.refused`.
public struct VTPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Kind of failure, for programs. New ones may be added.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// Stable name of the code.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The address cannot be read as `HOST:PORT`.
        public static let badAddress = Code(rawValue: "bad-address")
        /// No connection could be made.
        public static let cannotConnect = Code(rawValue: "cannot-connect")
        /// The port could not be opened for listening.
        public static let cannotListen = Code(rawValue: "cannot-listen")
        /// A certificate or a key cannot be used.
        public static let badCertificate = Code(rawValue: "bad-certificate")
        /// The peers did not agree on how to protect the connection.
        public static let notProtected = Code(rawValue: "not-protected")
        /// The peer did not answer in time.
        public static let timedOut = Code(rawValue: "timed-out")
        /// The peer closed the connection before the work was done.
        public static let closed = Code(rawValue: "closed")
        /// The peer sent what is not a VTP message.
        public static let garbled = Code(rawValue: "garbled")
        /// A message is above the size limit.
        public static let tooLarge = Code(rawValue: "too-large")
        /// The peer sent a message that does not belong here.
        public static let unexpectedAnswer = Code(rawValue: "unexpected-answer")
        /// The caller gave the work up.
        public static let cancelled = Code(rawValue: "cancelled")
        /// The event log failed.
        public static let storageFailed = Code(rawValue: "storage-failed")
        /// The one to whom received events are handed failed.
        public static let handlingFailed = Code(rawValue: "handling-failed")
    }

    /// Kind of failure.
    public let code: Code
    /// The peer as `host:port`, or the part of a message.
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

    /// The same error at another place, for the caller that knows the peer when the parser did not.
    func at(_ place: String) -> VTPError { VTPError(code, place: place, message: message, remedy: remedy) }
}
