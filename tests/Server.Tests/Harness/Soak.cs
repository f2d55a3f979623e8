namespace Gatehouse.Tests.Harness;

/// <summary>
/// How often something is tried: modestly by default, at the published count with GATEHOUSE_SOAK=1, and thousands of
/// times only a tenth as often with GATEHOUSE_FAST=1.
/// </summary>
public static class Soak
{
    private const int Many = 1000;

    private static readonly bool IsOn = Environment.GetEnvironmentVariable("GATEHOUSE_SOAK") == "1";
    private static readonly bool IsFast = Environment.GetEnvironmentVariable("GATEHOUSE_FAST") == "1";

    public static int Times(int modest, int published)
    {
        if (IsOn) return published;
        return IsFast && modest >= Many ? modest / 10 : modest;
    }
}
