// SPDX-License-Identifier: Apache-2.0

/// How the centre is served over HTTP.
public struct HTTPConfiguration: Sendable, Hashable {
    /// False if it is not.
    public var isEnabled = true
    /// Address to listen on; nil: the one that the broker listens on.
    public var host: String?
    /// TCP port; 0 lets the system choose. Nil: 8080, and nothing is served over HTTP if another program has it.
    public var port: Int?
    /// Who may submit events.
    public var tokens: [AuthorToken] = []
    /// What is borne of clients.
    public var limits = HTTPLimits()

    /// The port that is listened on if none is asked for.
    public static let standardPort = 8080

    /// The default configuration: nobody may submit.
    public init() {}
}

/// What is borne of clients over HTTP; every limit has a default that a small centre can live with.
///
/// The limits for each address do not hold for this machine's own, among them those of a proxy on it.
public struct HTTPLimits: Sendable, Hashable {
    /// Connections at a time; more wait.
    public var maximumConnections = 512
    /// Connections that one address may have at a time.
    public var maximumConnectionsPerAddress = 32
    /// Clients that follow the stream of events at a time.
    public var maximumStreams = 128
    /// Requests that one address may make in a minute, over longer times; 0: any number.
    public var requestsPerMinute = 600.0
    /// Requests that one address may make at once after a pause.
    public var requestBurst = 200
    /// Time for sending a request, and for taking a part of an answer, in seconds.
    public var requestTimeoutSeconds = 20
    /// Time for which a connection without a request is kept, in seconds.
    public var idleTimeoutSeconds = 60
    /// Bytes that the head of a request may have.
    public var maximumHeaderBytes = 16 << 10
    /// Events of one page at most.
    public var maximumPage = 500

    /// The default limits.
    public init() {}
}
