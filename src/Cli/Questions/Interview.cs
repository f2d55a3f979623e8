using System.CommandLine;
using System.Net;
using Gatehouse.Cli.Api;

namespace Gatehouse.Cli.Questions;

/// <summary>
/// Gets answers: from flags, from a person, or from the lines of standard input in the order of the questions.
/// </summary>
/// <param name="terminal">The person or pipe to ask.</param>
/// <param name="words">The command line, for the flags.</param>
/// <param name="mayRead">False with <c>--no-input</c>: what no flag supplies is missing.</param>
internal sealed class Interview(Terminal terminal, ParseResult words, bool mayRead)
{
    /// <summary>Whether anything may be waited for; not with <c>--no-input</c>.</summary>
    public bool MayRead => mayRead;

    /// <summary>Whether there is a person to ask what no script has to answer.</summary>
    public bool AsksPerson => mayRead && terminal.ReadsFromPerson;

    /// <summary>The answer if flags give it; null when it has to be asked for.</summary>
    public string? Given(Question question) => FromFlags(question);

    /// <summary>The answer. An empty one is asked for again unless the question allows it.</summary>
    public string Ask(Question question)
    {
        if (FromFlags(question) is { } given)
            return given;

        while (true)
        {
            var answer = Read(question.Prompt, question.Flags, question is SecretQuestion);
            if (answer.Length > 0 || question.MayBeEmpty)
                return answer;
        }
    }

    /// <summary>
    /// The answer as something else than text; one that is not understood is asked for again, with a complaint that
    /// says what would be.
    /// </summary>
    public T Ask<T>(Question question, Func<string, T?> understand, string complaint)
        where T : class
    {
        while (true)
        {
            if (understand(Ask(question)) is { } understood)
                return understood;
            if (IsGiven(question))
                throw Failure.Usage($"{complaint} ({question.Flags})");
            terminal.Complain(complaint);
        }
    }

    /// <summary>
    /// The reply to an answer that the server took. One that it does not take (422) is asked for again, unless a flag
    /// gave it.
    /// </summary>
    public async Task<ApiReply> Ask(Question question, Func<string, Task<ApiReply>> send)
    {
        while (true)
        {
            if (Taken(question, await send(Ask(question))) is { } reply)
                return reply;
        }
    }

    /// <summary>The same for an answer that nobody has to give; null when nobody did.</summary>
    public async Task<ApiReply?> AskOrSkip(Question question, Func<string, Task<ApiReply>> send)
    {
        while (mayRead || IsGiven(question))
        {
            var answer = Ask(question);
            if (answer.Length == 0)
                return null;
            if (Taken(question, await send(answer)) is { } reply)
                return reply;
        }

        return null;
    }

    /// <summary>Yes or no: the flag says yes, and just pressing Enter says what the default is.</summary>
    public bool Confirm(string prompt, Option<bool> yes, bool byDefault)
    {
        if (words.GetValue(yes))
            return true;

        while (true)
        {
            switch (Read($"{prompt} [{(byDefault ? "Y/n" : "y/N")}]", yes.Name, hidden: false).ToLowerInvariant())
            {
                case "": return byDefault;
                case "y" or "yes": return true;
                case "n" or "no": return false;
                default: terminal.Complain("Please answer y or n."); break;
            }
        }
    }

    private ApiReply? Taken(Question question, ApiReply reply)
    {
        if (reply.Status != HttpStatusCode.UnprocessableEntity || IsGiven(question))
            return reply.OrFail();
        terminal.Complain(reply.Failure().Message);
        return null;
    }

    private bool IsGiven(Question question) =>
        words.GetValue(question.Flag) is not null
        || (question is SecretQuestion secret && words.GetValue(secret.FromFile) is not null);

    private string? FromFlags(Question question)
    {
        if (words.GetValue(question.Flag) is { } given)
            return given;
        if (question is not SecretQuestion secret)
            return null;
        if (words.GetValue(secret.FromFile) is { } path)
            return FirstLine(path);
        if (words.GetValue(secret.FromInput) && !terminal.ReadsFromPerson)
            return terminal.ReadLine() ?? throw InputEnded(secret.Prompt, secret.FromFile.Name);
        return null;
    }

    private string Read(string prompt, string flags, bool hidden)
    {
        if (!mayRead)
            throw Failure.Usage($"The answer to `{prompt}` is missing; {flags} supplies it.");

        var line = terminal.Ask(prompt, hidden) ?? throw InputEnded(prompt, flags);
        return hidden ? line : line.Trim(); // a password is taken as it is
    }

    private Failure InputEnded(string prompt, string flags) => terminal.ReadsFromPerson
        ? new Failure(ExitCode.Cancelled, "Cancelled.")
        : Failure.Usage($"Standard input ended before the answer to `{prompt}`; {flags} supplies it.");

    private static string FirstLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault("");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Failure.Usage($"The password file cannot be read: {unreadable.Message}");
        }
    }
}
