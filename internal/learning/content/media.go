package content

import (
	"bytes"
	"image"
	_ "image/jpeg" // for image.DecodeConfig
	_ "image/png"  // for image.DecodeConfig
)

const maxPixels = 4096 // a side of a picture

// pictureCode is empty, or says why the file is no picture of the type that its ending names. Only the header is
// decoded: browsers know how to survive the rest, and this server never draws it.
func pictureCode(ext string, data []byte) Code {
	if ext == ".webp" {
		return webpCode(data)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil, (format == "png") != (ext == ".png"):
		return PictureBroken
	case config.Width > maxPixels || config.Height > maxPixels:
		return PictureLarge
	}
	return ""
}

func webpCode(data []byte) Code {
	if len(data) < 16 || string(data[:4]) != "RIFF" || string(data[8:15]) != "WEBPVP8" {
		return PictureBroken
	}
	return ""
}

// audioCode is empty, or says that the file is no recording of the type that its ending names.
func audioCode(ext string, data []byte) Code {
	var ok bool
	switch ext {
	case ".ogg":
		ok = bytes.HasPrefix(data, []byte("OggS"))
	case ".m4a":
		ok = len(data) > 8 && string(data[4:8]) == "ftyp"
	case ".mp3": // a tag, or the first frame at once
		ok = bytes.HasPrefix(data, []byte("ID3")) || len(data) > 2 && data[0] == 0xFF && data[1]&0xE0 == 0xE0
	}
	if !ok {
		return AudioBroken
	}
	return ""
}
