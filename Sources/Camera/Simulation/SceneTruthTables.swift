// SPDX-License-Identifier: Apache-2.0

/// The truth of a simulated scene as two tables of comma-separated values, for programs in any language.
///
/// Lines beginning with `#` describe the scene, the next line names the columns, every further line is a row.
/// Frames are counted from 0 in the recording; `x` and `y` are 0-based columns and rows, the centre of a pixel is a
/// whole number; times are the middles of exposures, ISO 8601 UTC; `snr` is `EventTruth.signalToNoise`; fluxes are
/// before noise, in electrons and in steps of the samples.
public enum SceneTruthTables {
    /// One row for each event: `event,kind,frame_first,frame_peak,frame_last,time_start,time_peak,time_end,x,y,snr,
    /// snr_peak_frame,flux_electrons,flux_adu`. `x` and `y` belong to the brightest frame.
    public static func events(_ scene: SimulatedScene) -> String {
        let gain = scene.configuration.sensor.gainElectronsPerADU
        var text = header(scene)
        text += "event,kind,frame_first,frame_peak,frame_last,time_start,time_peak,time_end,x,y,snr,snr_peak_frame,"
        text += "flux_electrons,flux_adu\n"
        for event in scene.truth {
            let times = [event.frameFirst, event.framePeak, event.frameLast].map { time(scene, $0) }
            let fields = [
                String(event.eventIndex), event.kind.rawValue, String(event.frameFirst), String(event.framePeak),
                String(event.frameLast), times[0], times[1], times[2], decimal(event.peak?.x ?? 0, 3),
                decimal(event.peak?.y ?? 0, 3), decimal(event.signalToNoise, 3),
                decimal(event.peak?.signalToNoise ?? 0, 3), decimal(event.fluxElectrons, 1),
                decimal(event.fluxElectrons / gain, 1),
            ]
            text += fields.joined(separator: ",") + "\n"
        }
        return text
    }

    /// One row for each frame of each event: `event,frame,time,x,y,snr,flux_electrons,flux_adu`.
    public static func tracks(_ scene: SimulatedScene) -> String {
        let gain = scene.configuration.sensor.gainElectronsPerADU
        var text = header(scene) + "event,frame,time,x,y,snr,flux_electrons,flux_adu\n"
        for event in scene.truth {
            for sample in event.samples {
                let fields = [
                    String(event.eventIndex), String(sample.frame), time(scene, sample.frame), decimal(sample.x, 3),
                    decimal(sample.y, 3), decimal(sample.signalToNoise, 3), decimal(sample.fluxElectrons, 1),
                    decimal(sample.fluxElectrons / gain, 1),
                ]
                text += fields.joined(separator: ",") + "\n"
            }
        }
        return text
    }

    private static func header(_ scene: SimulatedScene) -> String {
        let configuration = scene.configuration
        return """
            # simulated scene: \(configuration.kind.rawValue), seed \(configuration.seed)
            # frames: \(configuration.frameCount) of \(configuration.width) x \(configuration.height), \
            \(configuration.bitsPerSample) bits, \(configuration.framesPerSecond) per second, \
            exposure \(configuration.exposureSeconds) s
            # start: \(configuration.start.iso8601(fractionDigits: 6))
            # point spread: sigma \(configuration.pointSpreadSigmaPixels) px
            # sensor: read noise \(configuration.sensor.readNoiseElectrons) e-, \
            gain \(configuration.sensor.gainElectronsPerADU) e-/ADU, offset \(configuration.sensor.offsetADU) ADU

            """
    }

    private static func time(_ scene: SimulatedScene, _ frame: Int) -> String {
        scene.time(ofFrame: frame).middleOfExposure.iso8601(fractionDigits: 6)
    }

    /// A number with a fixed number of decimals.
    private static func decimal(_ value: Double, _ digits: Int) -> String {
        var power = 1
        for _ in 0..<digits { power *= 10 }
        guard let scaled = Int(exactly: (abs(value) * Double(power)).rounded()) else { return String(value) }
        let decimals = String(scaled % power)
        let padding = String(repeating: "0", count: digits - decimals.utf8.count)
        return (value < 0 ? "-" : "") + String(scaled / power) + "." + padding + decimals
    }
}
