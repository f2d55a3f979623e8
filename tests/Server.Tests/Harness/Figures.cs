using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>What tests measured: in their output, and in the list that <c>./check</c> prints at its end.</summary>
public static class Figures
{
    private static readonly Lock Turn = new();

    /// <summary>Notes one, with its unit.</summary>
    public static void Note(string name, string value)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {value}");
        if (Environment.GetEnvironmentVariable("GATEHOUSE_FIGURES") is not { Length: > 0 } list) return;
        lock (Turn) File.AppendAllText(list, $"{name}: {value}\n");
    }
}
