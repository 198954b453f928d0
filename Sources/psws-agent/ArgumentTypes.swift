// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import Detection
import UTC
import VTP

extension ObservationTarget: ExpressibleByArgument {}

extension SceneConfiguration.Kind: ExpressibleByArgument {}

extension UTCInstant: ExpressibleByArgument {
    /// Reads ISO 8601, for example `2026-03-01T21:14:05Z`.
    public init?(argument: String) { self.init(iso8601: argument) }
}

extension VTPAddress: ExpressibleByArgument {
    /// Reads `host:port`.
    public init?(argument: String) {
        guard let address = try? VTPAddress(argument) else { return nil }
        self = address
    }
}
