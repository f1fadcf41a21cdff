package main

// What a group of commands says of all of them stands beside the group; here are the
// examples of each of its commands.

// Help gives examples.
func (bodyShow) Help() string {
	return `Examples:
  kith body show hai-duong-dien-bien
  kith body show huyen-que-son-quang-nam --on 2024-08-02 --as json
  kith body show 20656 --on 2024-08-02`
}

// Help gives examples.
func (bodyFind) Help() string {
	return `Examples:
  kith body find "que son"
  kith body find ben tam --as json`
}

// Help gives examples.
func (reformApply) Help() string {
	return `The book is backed up before. Examples:
  kith reform apply vn-2025
  kith reform apply vn-2025 --held --as json`
}

// Help gives examples.
func (reformRehearse) Help() string {
	return `Nothing is written to the book. Examples:
  kith reform rehearse vn-2025
  kith reform rehearse vn-2025 --held --as json`
}

// Help gives examples.
func (reformUndo) Help() string {
	return `Refused, with what stands in the way, once anything was recorded of what came with it. Examples:
  kith reform undo vn-2025`
}

// Help gives examples.
func (userList) Help() string {
	return `Examples:
  kith user list`
}

// Help gives examples.
func (userAdd) Help() string {
	return `The password is read from the terminal or from standard input. Examples:
  kith user add lan --person 912168006451200000
  echo 'mật khẩu mới' | kith user add lan --person 912168006451200000`
}

// Help gives examples.
func (userReset) Help() string {
	return `The password is read from the terminal or from standard input. Examples:
  kith user reset lan
  echo 'mật khẩu mới' | kith user reset lan`
}

// Help gives examples.
func (userStop) Help() string {
	return `Whoever is signed in with it is signed out. Examples:
  kith user stop lan`
}

// Help gives examples.
func (contestShow) Help() string {
	return `Examples:
  kith contest show northern-border-cluster --year 2022
  kith contest show northern-border-cluster --year 2022 --as json`
}

// Help gives examples.
func (contestScore) Help() string {
	return `Examples:
  kith contest score northern-border-cluster --year 2022 --unit mttq-lang-son
  kith contest score northern-border-cluster --year 2022 --unit mttq-lang-son --accept`
}

// Help gives examples.
func (contestRank) Help() string {
	return `Examples:
  kith contest rank northern-border-cluster --year 2022
  kith contest rank northern-border-cluster --year 2022 --as json`
}

// Help gives examples.
func (contestWhy) Help() string {
	return `Examples:
  kith contest why northern-border-cluster --year 2022 --unit mttq-lang-son`
}

// Help gives examples.
func (contestPublish) Help() string {
	return `The word that confirms it is asked for, or given with --word. Examples:
  kith contest publish northern-border-cluster --year 2022 --word PUBLISH`
}

// Help gives examples.
func (versionCommand) Help() string {
	return `Examples:
  kith version`
}
