namespace BpfCore.Diagnostics;

/// <summary>A program that was attached.</summary>
/// <param name="Program">Name of the program.</param>
/// <param name="Target">What it was attached to, for example <c>tp_btf/inet_sock_set_state</c>.</param>
/// <param name="Way">How: <c>kprobe PMU</c>, <c>tracefs</c>, <c>raw tracepoint</c>, ….</param>
public readonly record struct ProgramAttached(string Program, string Target, string Way);
