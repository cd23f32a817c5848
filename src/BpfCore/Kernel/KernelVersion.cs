using System.Globalization;

namespace BpfCore.Kernel;

/// <summary>Version of a kernel.</summary>
/// <param name="Major">First number.</param>
/// <param name="Minor">Second number.</param>
/// <param name="Patch">Third number; 0 where the version names none.</param>
public readonly record struct KernelVersion(int Major, int Minor, int Patch) : IComparable<KernelVersion>
{
    /// <summary>Version of the running kernel.</summary>
    /// <remarks>
    /// Debian and Ubuntu name their package in <c>uname -r</c>; the version they build from, which counts, is found
    /// in <c>uname -v</c> (Debian) and in <c>/proc/version_signature</c> (Ubuntu).
    /// </remarks>
    public static KernelVersion Current { get; } = Read(KernelFiles.Host);

    /// <summary>
    /// <c>LINUX_VERSION_CODE</c>, which kernels before 5.0 demand of kprobe programs; the patch number stops at 255.
    /// </summary>
    public uint Code => ((uint)Major << 16) | ((uint)Minor << 8) | (uint)Math.Min(Patch, 255);

    /// <summary>Whether the left version is older.</summary>
    public static bool operator <(KernelVersion left, KernelVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left version is newer.</summary>
    public static bool operator >(KernelVersion left, KernelVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left version is as old or older.</summary>
    public static bool operator <=(KernelVersion left, KernelVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left version is as new or newer.</summary>
    public static bool operator >=(KernelVersion left, KernelVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Finds the first version such as <c>6.1.0-13-amd64</c> or <c>5.4</c> at the start of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="version">Its version.</param>
    /// <returns>False when the text does not start with two numbers and a dot between them.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out KernelVersion version)
    {
        version = default;
        if (!TakeNumber(ref text, out int major) || !TakeDot(ref text) || !TakeNumber(ref text, out int minor))
        {
            return false;
        }

        int patch = 0;
        if (TakeDot(ref text))
        {
            TakeNumber(ref text, out patch);
        }

        version = new KernelVersion(major, minor, patch);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(KernelVersion other) =>
        (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>The three numbers with dots between them.</summary>
    public override string ToString() => $"{Major}.{Minor}.{Patch}";

    internal static KernelVersion Read(KernelFiles files) => Select(
        files.Read("proc/sys/kernel/osrelease"),
        files.TryRead("proc/sys/kernel/version"),
        files.TryRead("proc/version_signature"));

    /// <summary>Picks the version among what the three files say.</summary>
    /// <param name="release"><c>uname -r</c>.</param>
    /// <param name="build"><c>uname -v</c>, for example <c>#1 SMP Debian 4.19.67-2+deb10u1 (2019-09-20)</c>.</param>
    /// <param name="signature">Ubuntu's <c>Ubuntu 4.15.0-20.21-generic 4.15.17</c>.</param>
    internal static KernelVersion Select(string release, string? build, string? signature)
    {
        if (signature is not null && TryParse(signature.AsSpan().Trim()[(signature.Trim().LastIndexOf(' ') + 1)..],
            out KernelVersion ubuntu))
        {
            return ubuntu;
        }

        const string DebianMark = "Debian ";
        int debian = build?.IndexOf(DebianMark, StringComparison.Ordinal) ?? -1;
        if (debian >= 0 && TryParse(build.AsSpan()[(debian + DebianMark.Length)..], out KernelVersion packaged))
        {
            return packaged;
        }

        return TryParse(release, out KernelVersion version)
            ? version
            : throw new KernelFeatureException("kernel version", $"'{release.Trim()}' starts with no version");
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, out int number)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TakeDot(ref ReadOnlySpan<char> text)
    {
        if (text is not ['.', ..])
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}
