// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import VTP

/// What is known of a request beside its content.
struct PortalRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// `address:port` of the client, for the log.
    let peer: String
    /// The client's address; nil if it is none of the Internet.
    let address: IPAddress?

    init(source: Source) {
        coreContext = .init(source: source)
        let remote = source.channel.remoteAddress
        peer = VTPAddress(host: remote?.ipAddress ?? "unknown", port: remote?.port ?? 0).description
        address = IPAddress(remote)
    }
}
