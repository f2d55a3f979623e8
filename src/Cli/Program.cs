using System.Runtime.InteropServices;
using Gatehouse.Cli;
using Gatehouse.Cli.Questions;

var surroundings = Surroundings.OfProcess();
var terminal = Terminal.OfProcess(surroundings);

// Everything this program changes, it changes in one step: it may end at any moment.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
{
    Echo.Restore();
    terminal.Say("\nCancelled.");
    Environment.Exit(ExitCode.Cancelled.Number);
});
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Echo.Restore());
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Echo.Restore());

return await new CommandLine(terminal, surroundings).Run(args, CancellationToken.None);
