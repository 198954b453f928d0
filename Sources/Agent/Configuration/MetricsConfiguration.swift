// SPDX-License-Identifier: Apache-2.0

import Settings

/// Where monitoring systems get the agent's figures, beside the file in the service's runtime directory.
public struct MetricsConfiguration: Sendable, Hashable {
    /// TCP port of `/metrics` on the loopback interface; nil for none.
    public var port: Int?

    init() {}

    init(_ section: inout SettingsSection) {
        port = section.readIfPresent("port", .integer(1...65_535))
    }
}
