// SPDX-License-Identifier: Apache-2.0

extension SolarSystem {
    /// Position of a body's centre from the barycentre, in km, so many seconds before an instant.
    static func position(of body: Body, at epoch: Epoch, secondsBefore: Double) -> FrameVector<ICRF> {
        let date = epoch.tdb.advanced(bySeconds: -secondsBefore)
        switch body {
        case .moon:
            let moon = moonFromEarth(at: epoch.tt.advanced(bySeconds: -secondsBefore))
            return earth(at: date).position + moon
        case .jupiter: return jupiter(at: date)
        }
    }
}
