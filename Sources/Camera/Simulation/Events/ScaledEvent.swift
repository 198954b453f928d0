// SPDX-License-Identifier: Apache-2.0

/// An event with its strength in electrons and its truth.
struct ScaledEvent {
    let truth: EventTruth
    private let painter: EventPainter
    private let electrons: Double

    /// Follows event `index` of a scene through its frames.
    ///
    /// - Throws: `impossibleScene` if no frame receives light of the event.
    init(
        _ index: Int, in configuration: SceneConfiguration, light: inout SceneLight, sensor: SensorSimulator
    ) throws(CameraError) {
        let event = configuration.events[index]
        painter = EventPainter(event, in: configuration)
        var samples: [EventTruth.Sample] = []
        for frame in painter.frames.map({ Array($0) }) ?? [] {
            if let sample = ScaledEvent.sample(painter, frame: frame, light: &light, sensor: sensor) {
                samples.append(sample)
            }
        }
        let brightest = samples.reduce(0) { max($0, $1.fluxElectrons) }
        let unitRatio = samples.reduce(0) { $0 + $1.signalToNoise * $1.signalToNoise }.squareRoot()
        let peakRatio = samples.reduce(0) { max($0, $1.signalToNoise) }
        guard brightest > 0 else {
            throw ScaledEvent.unseen(event, index, "no frame receives light of it", configuration)
        }
        switch event.strength {
        case .totalElectrons(let total): electrons = total
        case .lunarImpact(let impact): electrons = impact.totalElectrons
        case .signalToNoise(let ratio): electrons = unitRatio > 0 ? ratio / unitRatio : .nan
        case .peakFrameSignalToNoise(let ratio): electrons = peakRatio > 0 ? ratio / peakRatio : .nan
        }
        guard electrons.isFinite else {
            throw ScaledEvent.unseen(event, index, "every pixel that it reaches is saturated", configuration)
        }
        let scale = electrons
        truth = EventTruth(
            eventIndex: index, kind: event.kind,
            samples: samples.filter { $0.fluxElectrons > 1e-3 * brightest }.map {
                EventTruth.Sample(
                    frame: $0.frame, x: $0.x, y: $0.y, fluxElectrons: scale * $0.fluxElectrons,
                    signalToNoise: abs(scale) * $0.signalToNoise)
            },
            signalToNoise: abs(scale) * unitRatio)
    }

    /// Adds the event's light to a frame, which must be the one selected in `light`.
    func add(to plane: inout LightPlane, frame: Int, light: SceneLight) {
        guard let frames = painter.frames, frames.contains(frame),
            let (picture, _, _) = painter.paint(frame: frame, conditions: light.conditions(of: frame))
        else { return }
        let isBeyondTheAir = painter.event.kind.isBeyondTheAir
        for row in 0..<picture.height {
            for column in 0..<picture.width {
                let frameColumn = column + picture.originX
                let frameRow = row + picture.originY
                var added = Float(electrons) * picture.values[row * picture.width + column]
                if isBeyondTheAir { added *= light.throughput(frame: frame, column: frameColumn, row: frameRow) }
                // A dark event takes away no more light than there is.
                let place = frameRow * plane.width + frameColumn
                plane.values[place] = max(0, plane.values[place] + added)
            }
        }
    }

    /// Light and signal to noise in one frame, for one electron of the whole event.
    private static func sample(
        _ painter: EventPainter, frame: Int, light: inout SceneLight, sensor: SensorSimulator
    ) -> EventTruth.Sample? {
        guard let (picture, x, y) = painter.paint(frame: frame, conditions: light.conditions(of: frame)) else {
            return nil
        }
        light.select(frame: frame)
        var scene = picture
        light.write(into: &scene)
        let isBeyondTheAir = painter.event.kind.isBeyondTheAir
        var flux = 0.0
        var ratioSquared = 0.0
        for row in 0..<picture.height {
            for column in 0..<picture.width {
                let frameColumn = column + picture.originX
                let frameRow = row + picture.originY
                let index = row * picture.width + column
                let passing =
                    isBeyondTheAir ? Double(light.throughput(frame: frame, column: frameColumn, row: frameRow)) : 1
                let arriving = Double(picture.values[index]) * passing
                flux += arriving
                let background = Double(scene.values[index])
                if let variance = sensor.variance(light: background, column: frameColumn, row: frameRow) {
                    let signal = arriving * sensor.response(column: frameColumn, row: frameRow)
                    ratioSquared += signal * signal / variance
                }
            }
        }
        guard flux > 0 else { return nil }
        return EventTruth.Sample(
            frame: frame, x: x, y: y, fluxElectrons: flux, signalToNoise: ratioSquared.squareRoot())
    }

    private static func unseen(
        _ event: SceneEvent, _ index: Int, _ reason: String, _ configuration: SceneConfiguration
    ) -> CameraError {
        CameraError(
            .impossibleScene, place: "simulated \(configuration.kind.rawValue) scene",
            message: "events[\(index)] (\(event.kind.rawValue)) cannot be seen: \(reason)",
            remedy: "move its place or time into the scene, or into an exposure if the shutter is shut between frames")
    }
}
