// SPDX-License-Identifier: Apache-2.0

import SecureVTP
import VTP

/// What a server needs to know to run. The defaults serve one machine, on loopback only.
public struct ServerConfiguration: Sendable, Hashable {
    /// IVOID by which the broker names itself to its peers.
    public var identity = "ivo://psws.local/broker"
    /// Address to listen on; `127.0.0.1` is reached from this machine only, `0.0.0.0` from everywhere.
    public var host = "127.0.0.1"
    /// TCP port for authors; 0 lets the system choose.
    public var submitPort = VTPAddress.submitPort
    /// TCP port for subscribers; 0 lets the system choose.
    public var subscribePort = VTPAddress.subscribePort
    /// False if plain VTP is not served, but only VTP over TLS.
    public var isPlainServed = true
    /// How VTP is served over TLS; nil if it is not.
    public var tls: TLSConfiguration?
    /// Directory where the archive is kept.
    public var dataDirectory = "./psws-data"
    /// What the broker bears of its peers, and whom it serves.
    public var policy = BrokerPolicy()
    /// Other brokers whose events are taken.
    public var upstreams: [Upstream] = []
    /// How the centre is served over HTTP.
    public var http = HTTPConfiguration()
    /// Time between two test events that say that the way to subscribers is open, in seconds; nil: there are none.
    public var heartbeatSeconds: Double?
    /// Predictions of the solar wind; nil: there are none.
    public var predictions: PredictionConfiguration?
    /// How long events are kept, in seconds; nil: for ever.
    public var retentionSeconds: Double?

    /// The default configuration.
    public init() {}

    /// What the broker is told.
    ///
    /// - Parameter shield: protects the ports for TLS, if there are any.
    func brokerOptions(shield: TLSServerShield? = nil) -> BrokerOptions {
        let plain = BrokerEntrance(
            submitAddress: VTPAddress(host: host, port: submitPort),
            subscribeAddress: VTPAddress(host: host, port: subscribePort))
        guard let tls, let shield else { return BrokerOptions(identity: identity, entrance: plain, policy: policy) }
        let secure = BrokerEntrance(
            submitAddress: VTPAddress(host: tls.host ?? host, port: tls.submitPort),
            subscribeAddress: VTPAddress(host: tls.host ?? host, port: tls.subscribePort), shield: shield)
        return isPlainServed
            ? BrokerOptions(identity: identity, entrance: plain, otherEntrances: [secure], policy: policy)
            : BrokerOptions(identity: identity, entrance: secure, policy: policy)
    }
}
