using System.Net;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>connectload in its own process, making one connect at a time as it is told.</summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;
    private int _answers;

    private LoadClient(ChildProcess process)
    {
        _process = process;
        Assert.Equal($"ready pid={process.Id}", NextAnswer());
    }

    /// <summary>Its process ID.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it, in a namespace or in that of this process.</summary>
    public static LoadClient Start(NetworkNamespace? home = null) =>
        new(ChildProcess.Start([.. home?.Prologue ?? [], .. BuiltProgram.ConnectLoad, "connect"]));

    /// <summary>Makes a connect.</summary>
    /// <param name="kind">blocking, nonblocking, self or abandon.</param>
    /// <param name="address">Where to; a v4-mapped address goes through a dual-mode socket.</param>
    /// <param name="port">Where to.</param>
    /// <param name="options">from=ADDRESS:PORT, hold=MILLISECONDS.</param>
    public ClientConnect Connect(string kind, IPAddress address, int port, params string[] options)
    {
        string[] words = [kind, address.ToString(), $"{port}", .. options];
        return ClientConnect.Parse(Ask(string.Join(' ', words)));
    }

    /// <summary>Renames the thread that makes the connects.</summary>
    public void SetComm(string name) => Assert.StartsWith("comm=", Ask($"comm {name}"), StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private string Ask(string line)
    {
        _process.WriteLine(line);
        return NextAnswer();
    }

    private string NextAnswer()
    {
        bool answered = _process.Output.WaitForLines(_answers + 1, s_patience);
        Assert.True(answered, $"connectload gave no answer. {_process.Errors.Text}");
        return _process.Output.Lines[_answers++];
    }
}
