// SPDX-License-Identifier: Apache-2.0

public import SecureVTP

/// How VTP is served over TLS.
public struct TLSConfiguration: Sendable, Hashable {
    /// Port for authors over TLS if none is asked for. VTP has no standard one.
    public static let standardSubmitPort = 8198
    /// Port for subscribers over TLS if none is asked for. VTP has no standard one.
    public static let standardSubscribePort = 8199

    /// Address to listen on; nil: that of plain VTP.
    public var host: String?
    /// TCP port for authors; 0 lets the system choose.
    public var submitPort = standardSubmitPort
    /// TCP port for subscribers; 0 lets the system choose.
    public var subscribePort = standardSubscribePort
    /// What proves who the server is; nil only if it could not be read.
    public var credentials: TLSCredentials?
    /// Whose certificates of clients are believed; nil if none are asked for.
    public var clients: TLSTrust?
}
