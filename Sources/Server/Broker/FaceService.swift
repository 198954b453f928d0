// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle
import VTP

/// The centre's other face as a service; a centre without one waits for its end.
struct FaceService: Service {
    let face: (any CentreFace)?
    /// Called once, when all is open; with where the face is reached, if it is.
    let onListening: @Sendable (VTPAddress?) -> Void

    func run() async throws {
        guard let face else {
            onListening(nil)
            try? await gracefulShutdown()
            return
        }
        try await face.run(onListening: onListening)
    }
}
