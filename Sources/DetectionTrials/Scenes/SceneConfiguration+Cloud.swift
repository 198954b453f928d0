// SPDX-License-Identifier: Apache-2.0

import Camera

extension SceneConfiguration {
    /// Lets thin cloud pass; over the sky it is lit from below, as it is by a town.
    mutating func addThinCloud() {
        atmosphere.cloudOpticalDepth = 0.3
        atmosphere.cloudGlowElectronsPerPixel = kind == .sky ? 20 : 0
    }
}
