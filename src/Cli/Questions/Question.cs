using System.CommandLine;

namespace Gatehouse.Cli.Questions;

/// <summary>Something a command has to know: a flag supplies it, else a prompt asks for it.</summary>
/// <param name="Prompt">What a person is asked, without colon.</param>
/// <param name="Flag">What a script gives instead.</param>
internal record Question(string Prompt, Option<string> Flag)
{
    /// <summary>Whether just pressing Enter is an answer.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The flags that supply the answer, for whoever has to be told.</summary>
    public virtual string Flags => Flag.Name;
}

/// <summary>A question whose answer nobody may read over a shoulder or in a list of processes.</summary>
/// <param name="Prompt">What a person is asked, without colon.</param>
/// <param name="Flag">Takes the answer itself, for all to see: old scripts use it.</param>
/// <param name="FromInput">Says that the answer is the next line of standard input.</param>
/// <param name="FromFile">Names a file whose first line is the answer.</param>
internal sealed record SecretQuestion(
    string Prompt, Option<string> Flag, Option<bool> FromInput, Option<string> FromFile) : Question(Prompt, Flag)
{
    /// <inheritdoc/>
    public override string Flags => $"{FromFile.Name} or {FromInput.Name}";
}
