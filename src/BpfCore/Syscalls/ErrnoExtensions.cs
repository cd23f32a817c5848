using System.Runtime.InteropServices;

namespace BpfCore.Syscalls;

/// <summary>Names and texts of error numbers.</summary>
internal static class ErrnoExtensions
{
    /// <summary>The symbol, for example <c>EPERM</c>; <c>errno 4095</c> for a number without one.</summary>
    public static string Symbol(this Errno error) => error switch
    {
        // What a kernel usually answers while the best way to attach is looked for: the names of an enumeration are
        // collected by reflection, which a start should do without.
        Errno.EPERM => nameof(Errno.EPERM),
        Errno.ENOENT => nameof(Errno.ENOENT),
        Errno.EACCES => nameof(Errno.EACCES),
        Errno.EINVAL => nameof(Errno.EINVAL),
        Errno.EOPNOTSUPP => nameof(Errno.EOPNOTSUPP),
        _ => Enum.IsDefined(error) ? error.ToString() : $"errno {(int)error}",
    };

    /// <summary>The C library's text, for example <c>Operation not permitted</c>.</summary>
    public static string Text(this Errno error) => error == Errno.ENOTSUPP
        ? "Not supported by this kernel or architecture" // strerror does not know the kernel-internal number
        : Marshal.GetPInvokeErrorMessage((int)error);

    /// <summary>
    /// The error in the result of a <see cref="SyscallGate"/> call: a value below zero is a negated errno.
    /// </summary>
    public static Errno ToErrno(this long result) => result < 0 ? (Errno)(-result) : Errno.None;
}
