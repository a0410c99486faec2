// Pulumi provider for HeadshotPro: who is invited, declared in a reviewed stack.
package headshotpro
