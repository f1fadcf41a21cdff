package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"kith.app/internal/fault"
)

// The cost of one password, argon2id: 19 MiB and two passes, which a laptop of
// ten years does in about a tenth of a second (OWASP's second recommendation).
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltBytes = 16
	keyBytes  = 32
)

// The shortest and longest password; length is what makes one strong.
const (
	passwordMin = 8
	passwordMax = 200
)

// hashing lets only two passwords be computed at once, so that many attempts
// cannot take all memory.
var hashing = make(chan struct{}, 2)

func key(password string, salt []byte) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memoryKiB, lanes, keyBytes)
}

// HashPassword makes what is kept of a password, in the PHC string form.
func HashPassword(password string) (string, error) {
	if n := len([]rune(password)); n < passwordMin || n > passwordMax {
		return "", fault.Field("password", "access.password.length", passwordMin)
	}
	salt := make([]byte, saltBytes)
	rand.Read(salt) //nolint:errcheck // never fails
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes,
		enc.EncodeToString(salt), enc.EncodeToString(key(password, salt))), nil
}

// nobody is compared with when a login does not exist, so that the answer takes
// as long as for one that does.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// PasswordFits tells whether a password is the one kept; an empty hash fits none
// but costs the same.
func PasswordFits(hash, password string) bool {
	known := hash != ""
	if !known {
		hash = nobody
	}
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || len(password) > 4*passwordMax {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil {
		return false
	}
	return subtle.ConstantTimeCompare(key(password, salt), want) == 1 && known
}
