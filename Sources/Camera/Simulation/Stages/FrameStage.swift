// SPDX-License-Identifier: Apache-2.0

/// Something that a camera, a codec or a cable does to the frames of another source.
///
/// Stages are sources themselves, so that they stack: `BlockCompression(TemporalSmoothing(scene, …), …)`. All of
/// them leave the number and the time of a frame as they are.
public protocol FrameStage: FrameSource {
    /// Where the frames come from.
    var upstream: any FrameSource { get }
}

extension FrameStage {
    /// The source's description: a stage changes neither the format nor the rate.
    public var description: SourceDescription { upstream.description }
}

extension Frame {
    /// The same frame with other samples.
    ///
    /// - Parameter values: one number a pixel, row after row; rounded and clipped to the format.
    func replacing(_ values: [Float], pool: inout FramePool) -> Frame {
        let buffer = pool.obtain()
        SampleRounding.write(values, to: buffer, format: format)
        return Frame(format: format, index: index, time: time, droppedBefore: droppedBefore, buffer: buffer)
    }

    /// Copies the samples as numbers, row after row.
    func copySamples(to values: inout [Float]) {
        precondition(values.count == format.pixelCount)
        withBytes { bytes in
            if format.bytesPerSample == 1 {
                for place in values.indices { values[place] = Float(bytes[place]) }
            } else {
                let samples = bytes.bindMemory(to: UInt16.self)
                for place in values.indices { values[place] = Float(samples[place]) }
            }
        }
    }
}
