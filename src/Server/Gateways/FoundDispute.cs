using Gatehouse.Domain;

namespace Gatehouse.Gateways;

/// <summary>A dispute as the provider has it now.</summary>
/// <param name="Ref">The provider's name of it.</param>
/// <param name="ChargeRef">Of which charge.</param>
/// <param name="Cents">How much, in whole cents of a US dollar.</param>
/// <param name="State">How far it is.</param>
public sealed record FoundDispute(string Ref, string ChargeRef, long Cents, DisputeState State);
