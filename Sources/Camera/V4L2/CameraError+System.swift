// SPDX-License-Identifier: Apache-2.0

import Glibc

extension CameraError {
    /// The error of a device node that could not be opened.
    static func system(_ number: Int32, opening path: String) -> CameraError {
        switch number {
        case ENOENT:
            CameraError(
                .cannotOpen, place: path, message: "there is no such device",
                remedy: "plug the camera in; `psws-agent cameras` lists what is there")
        case EACCES, EPERM:
            CameraError(
                .forbidden, place: path, message: "permission denied",
                remedy: "add the user that runs this to the group `video`")
        case EISDIR, ENOTDIR, ENOTTY, EINVAL, ENOSYS:
            CameraError(
                .unknownFormat, place: path, message: "is not a camera",
                remedy: "`psws-agent cameras` lists the cameras of this machine")
        default: system(number, path: path, purpose: "open the camera")
        }
    }

    /// The error of a call on an open device; `purpose` completes the sentence "cannot …".
    static func system(_ number: Int32, path: String, purpose: String) -> CameraError {
        switch number {
        case ENODEV, ENXIO, ESHUTDOWN:
            CameraError(
                .disconnected, place: path, message: "the camera is gone", remedy: "look at its cable and its power")
        case EBUSY:
            CameraError(
                .busy, place: path, message: "cannot \(purpose): another program uses the camera",
                remedy: "stop that program; `fuser -v \(path)` names it")
        case ENOSPC:
            CameraError(
                .inputOutput, place: path, message: "cannot \(purpose): the USB bus has no bandwidth left",
                remedy: "choose a smaller size or rate, or give the camera a USB controller of its own")
        case ENOTTY, EINVAL:
            CameraError(
                .unsupported, place: path, message: "cannot \(purpose): the driver does not support it")
        default:
            CameraError(
                .inputOutput, place: path, message: "cannot \(purpose): \(String(cString: strerror(number)))")
        }
    }
}
