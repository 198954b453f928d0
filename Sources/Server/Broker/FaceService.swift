// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle
import VTP

/// The centre's other face as a service.
struct FaceService: Service {
    let face: any CentreFace
    let onListening: @Sendable (VTPAddress?) -> Void

    func run() async throws { try await face.run(onListening: onListening) }
}
