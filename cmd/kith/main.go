// Command kith is the book of an association: its roll, deeds, fund and papers.
package main

func main() {}
