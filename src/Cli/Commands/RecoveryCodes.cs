using System.CommandLine;
using System.Text;
using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Gatehouse.Cli.Storage;
using Spectre.Console;

namespace Gatehouse.Cli.Commands;

/// <summary>How recovery codes, which are told once, get to whoever has to keep them.</summary>
internal sealed class RecoveryCodes(Verb verb)
{
    private readonly Option<bool> yes = verb.Flag("--yes", "Show the recovery codes without asking", "-y");

    private readonly Option<string> save =
        verb.Option("--save", "FILE", "Write the recovery codes to a new file that only you may read");

    /// <summary>Looks before anything happens whether the file could be made.</summary>
    /// <exception cref="Failure">It is there already, or its directory is not.</exception>
    public void CheckFile(Invocation run)
    {
        if (run.Value(save) is not { } path)
            return;
        if (System.IO.Path.Exists(path))
            throw new Failure(ExitCode.Error, $"{path} is there already and is not overwritten.", "Name a new file.");
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))))
            throw new Failure(ExitCode.Error, $"The directory of {path} is not there.");
    }

    /// <summary>Saves the codes of a reply, or shows them to whoever is ready.</summary>
    public void HandOver(Invocation run, ApiReply reply)
    {
        var codes = reply.Read(SecondFactorWire.Default.RecoveryCodesReply).RecoveryCodes;
        if (run.Value(save) is { } path && Saved(run, path, codes))
            return;

        if (run.Interview.Confirm("Are you ready to save your recovery codes?", yes, byDefault: true))
            run.Show(reply.Data.GetProperty("recovery_codes"), Draw);
        else
            run.Terminal.Hint(
                $"They are not shown again; `{run.Program} account:mfa:recovery_codes:regenerate` makes new ones.");
    }

    private static bool Saved(Invocation run, string path, string[] codes)
    {
        try
        {
            var text = string.Concat(codes.Select(code => $"{PlainText.Line(code)}\n"));
            PrivateFile.Create(path, Encoding.UTF8.GetBytes(text));
            run.Terminal.Say($"{codes.Length} recovery codes are in {path}; each works once.");
            return true;
        }
        catch (Exception local) when (local is IOException or UnauthorizedAccessException)
        {
            run.Terminal.Complain($"The recovery codes could not be saved: {local.Message}");
            return false;
        }
    }

    private static Rows Draw(JsonElement codes) => new(
        new Text("Each works once, in the place of a code:\n", Color.Grey),
        new Rows(codes.Items().Select(code => new Text($"  {PlainText.Line(code.ToString())}"))));
}
