using TcpConnLat.CommandLine;
using Xunit;

namespace TcpConnLat.Tests.CommandLine;

public sealed class RequestReaderRefusalTests
{
    [Theory]
    [InlineData("-p abc", "-p: 'abc' is not a process ID")]
    [InlineData("-p 0", "-p: '0' is not a process ID")]
    [InlineData("-p -1", "-p: '-1' is not a process ID")]
    [InlineData("-p 1.5", "-p: '1.5' is not a process ID")]
    [InlineData("-p +1", "-p: '+1' is not a process ID")]
    [InlineData("-p 0x10", "-p: '0x10' is not a process ID")]
    [InlineData("-p 12x", "-p: '12x' is not a process ID")]
    [InlineData("-p 2147483648", "-p: '2147483648' is not a process ID")]
    [InlineData("--pid=abc", "--pid: 'abc' is not a process ID")]
    [InlineData("-c 0", "-c: '0' is not a count")]
    [InlineData("-c -5", "-c: '-5' is not a count")]
    [InlineData("-c 1e3", "-c: '1e3' is not a count")]
    [InlineData("--duration 0", "--duration: '0' is not a duration")]
    [InlineData("--duration -1", "--duration: '-1' is not a duration")]
    [InlineData("--duration NaN", "--duration: 'NaN' is not a duration")]
    [InlineData("--duration 1e10", "--duration: '1e10' is not a duration")]
    [InlineData("--attach eBPF", "--attach: 'eBPF' is not one of auto, fentry")]
    [InlineData("--batch 0", "--batch: '0' is not auto, off or a number of events from 1 to 1000")]
    [InlineData("--batch 1001", "--batch: '1001' is not auto, off")]
    [InlineData("--batch -5", "--batch: '-5' is not auto, off")]
    [InlineData("--batch on", "--batch: 'on' is not auto, off")]
    [InlineData("--attach FENTRY", "--attach: 'FENTRY' is not one of auto, fentry")]
    public void Read_WrongValue_NamesOptionAndWord(string line, string message)
    {
        Assert.StartsWith(message, Refuse(line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-0.5")]
    [InlineData("-.5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("1e400")]
    [InlineData("18446744073709.6")]
    [InlineData("0,1")]
    [InlineData("1ms")]
    [InlineData("abc")]
    [InlineData("1_000")]
    [InlineData("tcpconnlat")]
    [InlineData("[diagram]")]
    [InlineData("@/etc/hostname")]
    public void Read_WrongMinimum_IsRefused(string word)
    {
        Assert.StartsWith($"'{word}' is not a minimum latency", Refuse(word), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyWord_IsNoMinimum()
    {
        UsageException error = Assert.Throws<UsageException>(() => RequestReader.Read([""]));

        Assert.StartsWith("'' is not a minimum latency", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--foo", "--foo")]
    [InlineData("--foo 5", "--foo")]
    [InlineData("5 --foo", "--foo")]
    [InlineData("-x", "-x")]
    [InlineData("-tLx", "-tLx")]
    [InlineData("-p 5 --pdi 5", "--pdi")]
    [InlineData("--version --foo", "--foo")]
    public void Read_UnknownOption_IsNamed(string line, string option)
    {
        Assert.Equal($"unknown option '{option}'", Refuse(line));
    }

    [Theory]
    [InlineData("-p", "-p")]
    [InlineData("-p -t", "-p")]
    [InlineData("-tp", "-p")]
    [InlineData("--attach", "--attach")]
    [InlineData("--duration --lport", "--duration")]
    public void Read_OptionWithoutItsValue_IsRefused(string line, string option)
    {
        Assert.Equal($"option {option} needs a value", Refuse(line));
    }

    [Theory]
    [InlineData("-t=5", "-t")]
    [InlineData("-t:5", "-t")]
    [InlineData("--lport=true", "--lport")]
    [InlineData("--help=no", "--help")]
    public void Read_SwitchWithAValue_IsRefused(string line, string option)
    {
        Assert.Equal($"option {option} takes no value", Refuse(line));
    }

    [Theory]
    [InlineData("-p 1 -p 2", "option -p is given more than once")]
    [InlineData("-c 1 --count 2", "option -c is given more than once")]
    [InlineData("5 6", "only one minimum latency can be given, but '6' is a second one")]
    [InlineData("-4 -6", "-4 and -6 exclude each other")]
    [InlineData("-46", "-4 and -6 exclude each other")]
    public void Read_Contradiction_IsRefused(string line, string message)
    {
        Assert.StartsWith(message, Refuse(line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor 5", "doctor takes no arguments, but was given '5'")]
    [InlineData("doctor --foo", "doctor takes no arguments, but was given '--foo'")]
    [InlineData("-t doctor", "doctor takes no options, but was given -t")]
    [InlineData("-p 5 doctor", "doctor takes no options, but was given -p")]
    public void Read_DoctorWithMore_IsRefused(string line, string message)
    {
        Assert.Equal(message, Refuse(line));
    }

    private static string Refuse(string line)
    {
        string message = Assert.Throws<UsageException>(() => RequestReader.Read(line.Split(' '))).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
