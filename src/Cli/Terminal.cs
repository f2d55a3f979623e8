using System.Text;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Questions;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gatehouse.Cli;

/// <summary>
/// The one way to the person or script in front: results go to standard output, everything else to standard error.
/// Text passes through <see cref="PlainText"/> here, so that no server can play with the terminal.
/// </summary>
internal sealed class Terminal(TextReader input, TextWriter output, TextWriter error, TerminalTraits traits)
{
    private const int WidestDrawing = 100;

    /// <summary>Of this process.</summary>
    public static Terminal OfProcess(Surroundings surroundings)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(
            new StreamReader(OpenInput(), utf8),
            new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            TerminalTraits.OfProcess(surroundings));
    }

    /// <summary>Whether a person answers questions (else each answer is a line of a file or a pipe).</summary>
    public bool ReadsFromPerson => traits.Input;

    /// <summary>Whether a person reads the results (else a script does).</summary>
    public bool WritesToPerson => traits.Output;

    /// <summary>Whether a person reads everything else.</summary>
    public bool TalksToPerson => traits.Error;

    /// <summary>Prints a result as text.</summary>
    public void Print(string text) => output.WriteLine(PlainText.Of(text));

    /// <summary>Draws a result.</summary>
    public void Draw(IRenderable drawing) => Draw(output, drawing, traits.Output);

    /// <summary>Draws something beside the results.</summary>
    public void DrawAside(IRenderable drawing) => Draw(error, drawing, traits.Error);

    /// <summary>Says something beside the results.</summary>
    public void Say(string text) => error.WriteLine(PlainText.Of(text));

    /// <summary>Says that something went well.</summary>
    public void Cheer(string text) => Say(text, Color.Green);

    /// <summary>Says that an answer will not do, or that not everything went well.</summary>
    public void Complain(string text) => Say(text, Color.Yellow);

    /// <summary>Says what could be done next.</summary>
    public void Hint(string text) => Say(text, Color.Grey);

    /// <summary>Says why the command ended.</summary>
    public void Explain(Failure failure)
    {
        if (failure.Card is { } card)
        {
            DrawAside(card.Drawn(inBox: traits.Error));
            return;
        }

        Say(failure.Message, Color.Red);
        if (failure.Hint is { } hint)
            Hint(hint);
    }

    /// <summary>Asks for one line; a hidden one is invisible while it is typed. Null at the end of the input.</summary>
    public string? Ask(string prompt, bool hidden)
    {
        using var _ = hidden && traits.Input ? Echo.Off() : null;
        error.Write($"{PlainText.Line(prompt)}: ");
        var answer = ReadLine();

        // Nobody's Enter was shown: neither that of a hidden answer, nor that of a pipe.
        if (hidden || !traits.Input || answer is null)
            error.WriteLine();
        return answer;
    }

    /// <summary>The next line of the input; null at its end.</summary>
    public string? ReadLine() => input.ReadLine();

    private void Say(string text, Color colour)
    {
        if (traits is { Error: true, Colour: true })
            error.WriteLine(Drawn(new Text(PlainText.Of(text), colour), inColour: true, width: int.MaxValue));
        else
            Say(text);
    }

    private void Draw(TextWriter writer, IRenderable drawing, bool isTerminal)
    {
        var width = isTerminal ? Math.Min(WindowWidth(), WidestDrawing) : WidestDrawing;
        writer.Write(Drawn(drawing, isTerminal && traits.Colour, width));
    }

    private static string Drawn(IRenderable drawing, bool inColour, int width)
    {
        var drawn = new StringWriter();
        var canvas = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = inColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = inColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new AnsiConsoleOutput(drawn),
        });
        canvas.Profile.Width = width;
        canvas.Write(drawing);
        return WithoutFilling(drawn.ToString());
    }

    /// <summary>
    /// On Unix the file itself: the stream of <see cref="Console"/> would edit lines in the terminal's place, and show
    /// again what <see cref="Echo"/> hides.
    /// </summary>
    private static Stream OpenInput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(nint.Zero, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    /// <summary>Without the blanks that fill a table's last column.</summary>
    private static string WithoutFilling(string drawn) =>
        string.Join('\n', drawn.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
