namespace Gatehouse.Commands.Demos;

/// <summary>
/// Tells the story: headings, sentences, what is asked and what is answered. On a terminal in colour, and at a pace at
/// which it can be read.
/// </summary>
internal sealed class Narrator(TextWriter output, bool isColoured, bool isPaced, CancellationToken stop)
{
    private const int Width = 80;
    private const string Indent = "   ";
    private const string Deeper = Indent + "  ";
    private const int WidthOfLine = Width - 9;
    private const string Bold = "1";
    private const string Dim = "2";
    private const string Green = "32";
    private const string Cyan = "36";
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(0.6);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.6);
    private int chapter;
    private bool isAmongLines;

    /// <summary>For whoever sits in front of this process.</summary>
    public static Narrator OfProcess(CancellationToken stop)
    {
        var hasPerson = !Console.IsOutputRedirected;
        var isPlain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return new Narrator(Console.Out, hasPerson && !isPlain, hasPerson, stop);
    }

    /// <summary>The title of all of it.</summary>
    public void Title(string title)
    {
        Write("");
        Write(Paint(Bold, title));
        Write(Paint(Dim, new string('=', title.Length)));
    }

    /// <summary>A heading with its number, after a rest.</summary>
    public async Task Chapter(string heading)
    {
        await Pause(Rest);
        Write("");
        Write(Paint(Bold, $"{++chapter}. {heading}"));
    }

    /// <summary>A heading without a number.</summary>
    public void Heading(string heading)
    {
        Write("");
        Write(Paint(Bold, heading));
    }

    /// <summary>A paragraph.</summary>
    public async Task Say(string text)
    {
        Write("");
        foreach (var line in Wrap(text, " ", Width - Indent.Length)) Write(Indent + line);
        await Pause(Breath);
    }

    /// <summary>What would be typed to do the same.</summary>
    public void Command(string command)
    {
        Write("");
        Write(Indent + Paint(Cyan, $"$ {command}"));
        isAmongLines = true;
    }

    /// <summary>What is sent, or what a program printed.</summary>
    public void Line(string text)
    {
        if (!isAmongLines) Write("");
        foreach (var (index, line) in text.Split('\n').SelectMany(one => Wrap(one, ", ", WidthOfLine)).Index())
            Write(Deeper + Paint(Dim, index == 0 ? line : $"    {line}"));
        isAmongLines = true;
    }

    /// <summary>What came back, and a breath to read it.</summary>
    public async Task Answer(string text)
    {
        Line(text);
        await Pause(Breath);
    }

    /// <summary>Labels and values under each other.</summary>
    public void Facts(params IReadOnlyList<(string Label, string Value)> facts)
    {
        Write("");
        var width = facts.Max(fact => fact.Label.Length);
        foreach (var (label, value) in facts) Write($"{Indent}{Paint(Dim, label.PadRight(width))}   {value}");
    }

    /// <summary>What was to be shown.</summary>
    public async Task Conclude(string text)
    {
        Write("");
        foreach (var line in Wrap(text, " ", Width - Indent.Length)) Write(Indent + Paint(Green, line));
        await Pause(Breath);
    }

    /// <summary>Broken where a separator stands; one without end is left whole.</summary>
    private static IEnumerable<string> Wrap(string text, string separator, int width)
    {
        var (line, parts) = ("", text.Split(separator));
        foreach (var (index, part) in parts.Index())
        {
            var piece = index < parts.Length - 1 ? part + separator : part;
            if (line != "" && line.Length + piece.TrimEnd().Length > width)
            {
                yield return line.TrimEnd();
                line = "";
            }

            line += piece;
        }

        yield return line;
    }

    private string Paint(string colour, string text) => isColoured ? $"\e[{colour}m{text}\e[0m" : text;

    private void Write(string line)
    {
        output.WriteLine(line);
        isAmongLines = false;
    }

    private Task Pause(TimeSpan length) => isPaced ? Task.Delay(length, stop) : Task.CompletedTask;
}
