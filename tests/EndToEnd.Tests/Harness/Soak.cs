namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>How often something is done: modestly by default, at the published count with GATEHOUSE_SOAK=1.</summary>
public static class Soak
{
    private static readonly bool IsOn = Environment.GetEnvironmentVariable("GATEHOUSE_SOAK") == "1";

    public static int Times(int modest, int published) => IsOn ? published : modest;
}
