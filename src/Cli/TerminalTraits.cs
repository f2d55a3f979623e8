namespace Gatehouse.Cli;

/// <summary>Which of the three streams have a person at the other end, and whether colour is wanted.</summary>
internal sealed record TerminalTraits(bool Input, bool Output, bool Error, bool Colour)
{
    /// <summary>Of this process.</summary>
    public static TerminalTraits OfProcess(Surroundings surroundings) => new(
        Input: !Console.IsInputRedirected,
        Output: !Console.IsOutputRedirected,
        Error: !Console.IsErrorRedirected,
        Colour: surroundings.NonEmpty("NO_COLOR") is null && surroundings.Variable("TERM") != "dumb");
}
